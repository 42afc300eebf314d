import { DataError } from "../../errors.ts";
import { adviceUnlessPromise, isObject, shown } from "../../tree/reader.ts";

/**
 * Refuses what is no table, for callers without types: rows as they are, a path, or the promise of a table.
 *
 * @param where the function, which the message blames.
 * @throws DataError that says how to make one.
 */
export function checkTable(where: string, table: unknown): void {
  if (isObject(table) && Array.isArray(table["columns"]) && typeof table["rows"] === "number") return;
  const advice = Array.isArray(table)
    ? 'Make one: tableOfRows([[1.5, "a"], [2.5, "b"], …], ["length", "kind"]).'
    : "Make one: await readCsv(text), or tableOfRows(rows).";
  throw new DataError({ where, expected: "a table", got: shown(table), advice: adviceUnlessPromise(table, advice) });
}
