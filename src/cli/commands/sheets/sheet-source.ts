import { DataError } from "../../../errors.ts";
import { parseSheet, skeletonSheet } from "../../../exercise/index.ts";
import { type Network, networkToJson } from "../../../network/index.ts";
import type { Arguments } from "../../framework/arguments.ts";
import { networkFromText } from "../models/network-file.ts";
import { noteLine } from "../../framework/printable.ts";
import { kindOfPath, readText } from "../../framework/read-file.ts";
import { readSheet } from "./sheet-subject.ts";
import type { Terminal } from "../../framework/terminal.ts";

/**
 * A sheet's Markdown as a start for one's own: the source of a sheet, or, for a network's JSON, a sheet about that network.
 *
 * @throws DataError when the file cannot be read.
 * @throws NetworkError when it is JSON and no network; BackpassError when it is no sheet.
 */
export function sheetSource(args: Arguments, terminal: Terminal): string {
  const [word = ""] = args.operands;
  if (!/\.json$/i.test(word) || kindOfPath(word) === "nothing") return readSheet("sheet", args).sheet.source;
  const { net, examples } = networkFromText(word, readText(word));
  if (examples === null) {
    terminal.err(noteLine(`${word} has no example, so that the sheet has one of its own; change it there`));
  }
  const example = {
    inputs: [examples?.inputs[0] ?? madeInput(net)],
    targets: [examples?.targets[0] ?? madeTarget(net)],
  };
  const title = word.replace(/^.*[\\/]/, "").replace(/\.json$/i, "");
  const text = skeletonSheet({ net, json: { ...networkToJson(net), examples: example }, title });
  try {
    parseSheet(text);
  } catch (error) {
    // What makes no sheet, such as a network too wide to reckon with by hand, is said of the network.
    const reason = error instanceof Error ? error.message.replace(/^line \d+(?:, column \d+)?: /, "") : String(error);
    throw new DataError(`${word}: ${reason}`);
  }
  return text;
}

/** 1, 0.5, 1, 0.5 … */
function madeInput({ inputs }: Network): readonly number[] {
  return Array.from({ length: inputs }, (_, i) => (i % 2 === 0 ? 1 : 0.5));
}

/** 1, 0, 0 … */
function madeTarget({ outputs, cost }: Network): readonly number[] {
  return Array.from({ length: outputs }, (_, j) => (j === 0 ? 1 : cost.otherClasses));
}
