import { DataError } from "../../errors.ts";
import { didYouMean } from "../../tree/nearest-name.ts";
import { targetsIn } from "../columns/several-targets.ts";
import type { ColumnPlan } from "../columns/column-builder.ts";
import type { ReadCsvOptions } from "./csv-options.ts";
import { matchColumns } from "../columns/match-columns.ts";
import type { Preprocessing } from "../preprocessing.ts";
import type { ColumnKind } from "../table.ts";
import { categoryText } from "../columns/text-codes.ts";

/**
 * What is known of each column before its cells are read: kinds that were asked for, or those of a model.
 *
 * @param found kinds that the file itself says, by position.
 * @throws DataError for a column that is not there.
 */
export function columnPlans(
  names: readonly string[],
  hasHeader: boolean,
  options: ReadCsvOptions,
  found: readonly (ColumnKind | null)[],
): ColumnPlan[] {
  const all = names.map((name, k): ColumnPlan => ({
    name,
    position: k + 1,
    kind: found[k] ?? null,
    isDouble: false,
    known: null,
  }));
  const { like, readsTarget = true } = options;
  if (like !== undefined) planLike(all, like, hasHeader ? { names } : { count: names.length }, readsTarget);
  const set = (option: string, column: string, kind: ColumnKind): void => {
    const wanted = categoryText(column);
    const k = names.includes(wanted) ? names.indexOf(wanted) : Number(column) - 1;
    const plan = all[k];
    if (plan !== undefined) {
      all[k] = { ...plan, kind };
      return;
    }
    // A model leaves out what it does not know.
    if (like !== undefined && kind === "ignored") return;
    throw new DataError({
      where: ["readCsv", option],
      expected: `a name, or a number from 1 to ${names.length}`,
      got: JSON.stringify(column),
      advice: didYouMean(column, names, "Give a column of the file."),
    });
  };
  for (const [column, kind] of Object.entries(options.columns ?? {})) set("columns", column, kind);
  for (const column of options.ignore ?? []) set("ignore", column, "ignored");
  return all;
}

function planLike(
  all: ColumnPlan[],
  like: Preprocessing,
  file: { readonly names: readonly string[] } | { readonly count: number },
  readsTarget: boolean,
): void {
  const matched = matchColumns(like, file);
  for (const [k, plan] of all.entries()) all[k] = { ...plan, kind: "ignored" };
  const set = (k: number, changes: Pick<ColumnPlan, "kind" | "isDouble" | "known">): void => {
    const plan = all[k];
    if (plan !== undefined) all[k] = { ...plan, ...changes };
  };
  for (const [i, input] of like.inputs.entries()) {
    const isDouble = input.kind === "number" && !input.isSingle;
    const known = input.kind === "category" ? new Set(input.categories) : null;
    set(matched.inputs[i] ?? -1, { kind: input.kind, isDouble, known });
  }
  if (!readsTarget) return;
  for (const [j, target] of targetsIn(like).entries()) {
    const at = matched.targets[j] ?? null;
    const known = target.kind === "classes" ? new Set(target.classes) : null;
    if (at !== null) set(at, { kind: known === null ? "number" : "category", isDouble: true, known });
  }
}
