import { DataError } from "../../errors.ts";
import type { DateInput, Input, Preprocessing } from "../preprocessing.ts";

/**
 * Checks a preprocessing that comes from a file: someone else may have written it.
 *
 * @throws DataError that names the path of what is not as it should be.
 */
export function readPreprocessing(json: unknown): Preprocessing {
  const given = objectAt(json, "");
  if (given["version"] !== 1) throw wrong("version", "1, the only one so far", given["version"]);
  const task = given["task"];
  if (task !== "classification" && task !== "multilabel" && task !== "regression")
    throw wrong("task", '"classification", "multilabel" or "regression"', task);
  const columns = count(given["columns"], "columns");
  const target = readTarget(given["target"], "target", columns);
  const more = given["moreTargets"] === undefined ? [] : list(given["moreTargets"], "moreTargets");
  const moreTargets = more.map((each, i) => readTarget(each, `moreTargets[${i}]`, columns));
  for (const each of [target, ...moreTargets]) {
    if ((each.kind === "classes") === (task === "regression"))
      throw wrong("target.kind", `that of a ${task}`, each.kind);
    if (task === "multilabel" && each.kind === "classes" && each.classes.length !== 2)
      throw wrong("target.classes", "two, as labels have", each.classes);
  }
  if (task === "classification" ? moreTargets.length > 0 : task === "multilabel" && moreTargets.length === 0)
    throw wrong("moreTargets", `those of a ${task}`, moreTargets.length);
  const inputs = list(given["inputs"], "inputs").map((input, i) => readInput(input, `inputs[${i}]`, columns));
  if (inputs.length === 0) throw wrong("inputs", "one input or more", []);
  const dropped = list(given["dropped"], "dropped").map((each, i) => {
    const path = `dropped[${i}]`;
    return { ...named(each, path, columns), reason: text(objectAt(each, path)["reason"], `${path}.reason`) };
  });
  const positions = [target, ...moreTargets, ...inputs].map(({ position }) => position);
  if (new Set(positions).size !== positions.length) throw wrong("inputs", "columns that differ", positions);
  return {
    version: 1,
    task,
    taskReason: text(given["taskReason"], "taskReason"),
    isStandardized: truth(given["isStandardized"], "isStandardized"),
    hasHeader: truth(given["hasHeader"], "hasHeader"),
    columns,
    target,
    ...(moreTargets.length === 0 ? {} : { moreTargets }),
    inputs,
    ...readReading(given["reading"]),
    dropped,
  };
}

function readReading(json: unknown): Pick<Preprocessing, "reading"> {
  if (json === undefined) return {};
  const { missing, decimal } = objectAt(json, "reading");
  if (decimal !== undefined && decimal !== "." && decimal !== ",")
    throw wrong("reading.decimal", '"." or ","', decimal);
  return {
    reading: {
      ...(missing === undefined
        ? {}
        : { missing: list(missing, "reading.missing").map((each, i) => text(each, `reading.missing[${i}]`)) }),
      ...(decimal === undefined ? {} : { decimal }),
    },
  };
}

function readTarget(json: unknown, path: string, columns: number): Preprocessing["target"] {
  const target = objectAt(json, path);
  const base = named(json, path, columns);
  if (target["kind"] === "number") return { kind: "number", ...base, ...moments(target, path) };
  if (target["kind"] !== "classes") throw wrong(`${path}.kind`, '"classes" or "number"', target["kind"]);
  const classes = names(target["classes"], `${path}.classes`);
  if (classes.length < 2) throw wrong(`${path}.classes`, "two classes or more", classes);
  const counts = list(target["counts"], `${path}.counts`).map((each, i) => count(each, `${path}.counts[${i}]`));
  if (counts.length !== classes.length)
    throw wrong(`${path}.counts`, `${classes.length} counts, one a class`, counts.length);
  return { kind: "classes", ...base, classes, counts };
}

function readInput(json: unknown, path: string, columns: number): Input {
  const input = objectAt(json, path);
  const base = named(json, path, columns);
  if (input["kind"] === "category") {
    const categories = names(input["categories"], `${path}.categories`);
    const { hasMissing } = input;
    return {
      kind: "category",
      ...base,
      categories,
      ...(hasMissing === undefined ? {} : { hasMissing: truth(hasMissing, `${path}.hasMissing`) }),
    };
  }
  if (input["kind"] === "date") return { kind: "date", ...base, ...readDate(input, path) };
  if (input["kind"] !== "number") throw wrong(`${path}.kind`, '"number", "category" or "date"', input["kind"]);
  return {
    kind: "number",
    ...base,
    ...moments(input, path),
    hasMissingIndicator: truth(input["hasMissingIndicator"], `${path}.hasMissingIndicator`),
    isSingle: truth(input["isSingle"], `${path}.isSingle`),
    ...(input["range"] === undefined ? {} : { range: readRange(input["range"], `${path}.range`) }),
  };
}

function readDate(input: JsonRecord, path: string): Omit<DateInput, "kind" | "name" | "position"> {
  const { day, hour } = input;
  const date = {
    day:
      day === null
        ? null
        : {
            ...moments(objectAt(day, `${path}.day`), `${path}.day`),
            range: readRange(objectAt(day, `${path}.day`)["range"], `${path}.day.range`),
          },
    months: calendarNumbers(input["months"], 12, `${path}.months`),
    weekdays: calendarNumbers(input["weekdays"], 7, `${path}.weekdays`),
    hour: hour === null ? null : moments(objectAt(hour, `${path}.hour`), `${path}.hour`),
    hasMissingIndicator: truth(input["hasMissingIndicator"], `${path}.hasMissingIndicator`),
  };
  if (date.day === null && date.hour === null && date.months.length + date.weekdays.length === 0) {
    throw wrong(path, "a day, months, weekdays or an hour", null);
  }
  return date;
}

function calendarNumbers(json: unknown, most: number, path: string): number[] {
  const all = list(json, path).map((each, i) => count(each, `${path}[${i}]`));
  if (new Set(all).size !== all.length || all.some((each) => each < 1 || each > most))
    throw wrong(path, `different numbers from 1 to ${most}`, all);
  return all;
}

function readRange(json: unknown, path: string): readonly [number, number] {
  const [least, greatest] = list(json, path);
  const isRange =
    typeof least === "number" &&
    typeof greatest === "number" &&
    Number.isFinite(least) &&
    greatest >= least &&
    greatest < Infinity;
  if (!isRange) throw wrong(path, "two finite numbers, the lesser first", json);
  return [least, greatest];
}

type JsonRecord = Readonly<Record<string, unknown>>;

function named(json: unknown, path: string, columns: number): { readonly name: string; readonly position: number } {
  const given = objectAt(json, path);
  const position = count(given["position"], `${path}.position`);
  if (position < 1 || position > columns) throw wrong(`${path}.position`, `a column from 1 to ${columns}`, position);
  return { name: text(given["name"], `${path}.name`), position };
}

function moments(given: JsonRecord, path: string): { readonly mean: number; readonly deviation: number } {
  const { mean, deviation } = given;
  if (typeof mean !== "number" || !Number.isFinite(mean)) throw wrong(`${path}.mean`, "a finite number", mean);
  if (typeof deviation !== "number" || !(deviation > 0 && deviation < Infinity)) {
    throw wrong(`${path}.deviation`, "a finite number above 0", deviation);
  }
  return { mean, deviation };
}

function names(json: unknown, path: string): string[] {
  const all = list(json, path).map((name, i) => text(name, `${path}[${i}]`));
  if (all.length === 0 || new Set(all).size !== all.length) throw wrong(path, "one name or more, all different", all);
  return all;
}

function objectAt(json: unknown, path: string): JsonRecord {
  if (typeof json !== "object" || json === null || Array.isArray(json)) throw wrong(path, "an object", json);
  // An object that is no list has nothing but named values.
  return json as JsonRecord;
}

function list(json: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(json)) throw wrong(path, "a list", json);
  return json;
}

function text(json: unknown, path: string): string {
  if (typeof json !== "string") throw wrong(path, "a text", json);
  return json;
}

function truth(json: unknown, path: string): boolean {
  if (typeof json !== "boolean") throw wrong(path, "true or false", json);
  return json;
}

function count(json: unknown, path: string): number {
  if (typeof json !== "number" || !Number.isSafeInteger(json) || json < 0)
    throw wrong(path, "a whole number from 0 up", json);
  return json;
}

function wrong(path: string, expected: string, got: unknown): DataError {
  const shown = JSON.stringify(got) ?? "nothing";
  return new DataError({
    where: `preprocessing${path === "" ? "" : `.${path}`}`,
    expected,
    got: shown.length > 60 ? `${shown.slice(0, 60)}…` : shown,
    advice: "Save the model again.",
  });
}
