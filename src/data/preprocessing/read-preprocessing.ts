import { DataError } from "../../errors.ts";
import {
  type Place,
  readBoolean,
  readList,
  readName,
  readNames,
  readNumber,
  readObject,
  readOptional,
  readText,
  readWhole,
  type TreeSource,
  unexpected,
  wholeOf,
} from "../../tree/reader.ts";
import type { DateInput, Input, Preprocessing } from "../preprocessing.ts";

/** Nobody writes one by hand, so there is one thing to do about all that may be wrong in it. */
const source: TreeSource = {
  name: "preprocessing",
  path: "preprocessing",
  fault: (fault) => new DataError({ ...fault, advice: "Save the model again." }),
};

/**
 * Checks a preprocessing that comes from a file: someone else may have written it.
 *
 * @throws DataError that names the path of what is not as it should be.
 */
export function readPreprocessing(json: unknown): Preprocessing {
  const at = readObject(wholeOf(json, source));
  const version = at("version");
  if (version.value !== 1) throw unexpected(version, "1, the only one so far", "");
  const task = readName(at("task"), ["classification", "multilabel", "regression"]);
  const columns = readWhole(at("columns"), 0);
  const target = readTarget(at("target"), columns);
  const more = at("moreTargets");
  const moreTargets = more.value === undefined ? [] : readList(more).map((each) => readTarget(each, columns));
  for (const each of [target, ...moreTargets]) {
    if ((each.kind === "classes") === (task === "regression"))
      throw unexpected(at("target.kind"), `that of a ${task}`, "", `"${each.kind}"`);
    if (task === "multilabel" && each.kind === "classes" && each.classes.length !== 2)
      throw unexpected(at("target.classes"), "two, as labels have", "", `${each.classes.length}`);
  }
  if (task === "classification" ? moreTargets.length > 0 : task === "multilabel" && moreTargets.length === 0)
    throw unexpected(more, `those of a ${task}`, "", `${moreTargets.length}`);
  const inputs = readList(at("inputs")).map((input) => readInput(input, columns));
  if (inputs.length === 0) throw unexpected(at("inputs"), "one input or more", "");
  const dropped = readList(at("dropped")).map((each) => ({
    ...readColumn(each, columns),
    reason: readText(readObject(each)("reason")),
  }));
  const positions = [target, ...moreTargets, ...inputs].map(({ position }) => position);
  if (new Set(positions).size !== positions.length) {
    throw unexpected(at("inputs"), "columns that differ", "", positions.slice(0, 20).join(", "));
  }
  return {
    version: 1,
    task,
    taskReason: readText(at("taskReason")),
    isStandardized: readBoolean(at("isStandardized")),
    hasHeader: readBoolean(at("hasHeader")),
    columns,
    target,
    ...(moreTargets.length === 0 ? {} : { moreTargets }),
    inputs,
    ...readReading(at("reading")),
    dropped,
  };
}

function readReading(place: Place): Pick<Preprocessing, "reading"> {
  if (place.value === undefined) return {};
  const at = readObject(place);
  const [missing, decimal] = [at("missing"), at("decimal")];
  return {
    reading: {
      ...(missing.value === undefined ? {} : { missing: readList(missing).map(readText) }),
      ...(decimal.value === undefined ? {} : { decimal: readName(decimal, [".", ","]) }),
    },
  };
}

function readTarget(place: Place, columns: number): Preprocessing["target"] {
  const at = readObject(place);
  const kind = readName(at("kind"), ["classes", "number"]);
  const base = readColumn(place, columns);
  if (kind === "number") return { kind, ...base, ...readMoments(place) };
  const classes = readNames(at("classes"));
  if (classes.length < 2) throw unexpected(at("classes"), "two classes or more", "");
  const counts = readList(at("counts")).map((each) => readWhole(each, 0));
  if (counts.length !== classes.length) {
    throw unexpected(at("counts"), `${classes.length} counts, one a class`, "", `${counts.length}`);
  }
  return { kind, ...base, classes, counts };
}

function readInput(place: Place, columns: number): Input {
  const at = readObject(place);
  const kind = readName(at("kind"), ["number", "category", "date"]);
  const base = readColumn(place, columns);
  if (kind === "date") return { kind, ...base, ...readDate(place) };
  if (kind === "category") {
    const hasMissing = at("hasMissing");
    return {
      kind,
      ...base,
      categories: readNames(at("categories")),
      ...(hasMissing.value === undefined ? {} : { hasMissing: readBoolean(hasMissing) }),
    };
  }
  const range = at("range");
  return {
    kind,
    ...base,
    ...readMoments(place),
    hasMissingIndicator: readBoolean(at("hasMissingIndicator")),
    isSingle: readBoolean(at("isSingle")),
    ...(range.value === undefined ? {} : { range: readRange(range) }),
  };
}

function readDate(place: Place): Omit<DateInput, "kind" | "name" | "position"> {
  const at = readObject(place);
  const date = {
    day: readOptional(at("day"), (day) => ({ ...readMoments(day), range: readRange(readObject(day)("range")) })),
    months: readCalendarNumbers(at("months"), 12),
    weekdays: readCalendarNumbers(at("weekdays"), 7),
    hour: readOptional(at("hour"), readMoments),
    hasMissingIndicator: readBoolean(at("hasMissingIndicator")),
  };
  if (date.day === null && date.hour === null && date.months.length + date.weekdays.length === 0) {
    throw unexpected(place, "a day, months, weekdays or an hour", "", "none");
  }
  return date;
}

function readCalendarNumbers(place: Place, most: number): number[] {
  const all = readList(place).map((each) => readWhole(each, 1, most));
  if (new Set(all).size === all.length) return all;
  throw unexpected(place, `different numbers from 1 to ${most}`, "", all.slice(0, 20).join(", "));
}

function readRange(place: Place): readonly [number, number] {
  const [least, greatest, ...others] = readList(place).map(readNumber);
  if (least !== undefined && greatest !== undefined && greatest >= least && others.length === 0)
    return [least, greatest];
  throw unexpected(place, "two numbers, the lesser first", "");
}

function readColumn(place: Place, columns: number): { readonly name: string; readonly position: number } {
  const at = readObject(place);
  const position = readWhole(at("position"), 0);
  if (position < 1 || position > columns) throw unexpected(at("position"), `a column from 1 to ${columns}`, "");
  return { name: readText(at("name")), position };
}

function readMoments(place: Place): { readonly mean: number; readonly deviation: number } {
  const at = readObject(place);
  const deviation = readNumber(at("deviation"));
  if (deviation <= 0) throw unexpected(at("deviation"), "a finite number above 0", "");
  return { mean: readNumber(at("mean")), deviation };
}
