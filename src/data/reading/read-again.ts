import { type ColumnBuilder, columnBuilder } from "../columns/column-builder.ts";
import { columnPlans } from "./csv-plan.ts";
import type { ReadCsvOptions } from "./csv-options.ts";
import { type Column, missingCode, type Table } from "../table.ts";

/**
 * A table with some columns read as another kind, or left out, as `readCsv` does it with the same options.
 *
 * @throws DataError for a column that is not there, or does not hold what it is said to hold.
 */
export function readAgain(table: Table, options: Required<Pick<ReadCsvOptions, "columns" | "ignore">>): Table {
  if (Object.keys(options.columns).length + options.ignore.length === 0) return table;
  const plans = columnPlans(
    table.columns.map(({ name }) => name),
    table.hasHeader,
    options,
    [],
  );
  const notes = [...table.notes];
  const columns = table.columns.map((column, k): Column => {
    const plan = plans[k];
    if (plan === undefined || plan.kind === null || plan.kind === column.kind) return column;
    const builder: ColumnBuilder = columnBuilder(plan, { missing: new Set([""]), decimal: ".", isDecimalOpen: false });
    for (let row = 0; row < table.rows; row++) builder.add(cellText(column, row), table.firstRow + row);
    return builder.finish(notes);
  });
  return { ...table, columns, notes };
}

/** A cell as text; empty for one without a value, or whose text was not kept. */
function cellText(column: Column, row: number): string {
  if (column.kind === "number") {
    const value = column.values[row] ?? Number.NaN;
    return Number.isNaN(value) ? "" : String(value);
  }
  if (column.kind !== "category") return "";
  const code = column.codes[row] ?? missingCode;
  return code === missingCode ? "" : (column.categories[code] ?? "");
}
