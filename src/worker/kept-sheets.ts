import { parseSheet, prepare, type PreparedSheet } from "../exercise/index.ts";

/** A sheet as its text, and the seed of its variant. */
export interface SheetSource {
  readonly source: string;
  /** Default 1. */
  readonly seed?: number;
}

/** So many sheets are kept prepared: the second answer to a question is judged faster than the first. */
const MOST_KEPT = 4;

/** The last used is the last. */
const kept: { readonly source: string; readonly sheet: PreparedSheet }[] = [];

/** The sheet of a text, prepared: the one of before where it is among the last few. @throws SheetError when it is none. */
export function preparedSheet({ source, seed = 1 }: SheetSource): PreparedSheet {
  const at = kept.findIndex((each) => each.source === source);
  const [found = { source, sheet: prepare(parseSheet(source)) }] = at < 0 ? [] : kept.splice(at, 1);
  kept.push(found);
  if (kept.length > MOST_KEPT) kept.shift();
  return seed === 1 ? found.sheet : found.sheet.variant(seed);
}
