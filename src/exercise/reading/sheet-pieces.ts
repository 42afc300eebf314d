import { SheetError } from "../../errors.ts";
import { nearestName } from "../../tree/nearest-name.ts";

/** Lines of a sheet's file that belong together; what is in them is not yet read. */
export type SheetPiece =
  | { readonly kind: "front matter"; readonly line: number; readonly text: string }
  | { readonly kind: "prose"; readonly line: number; readonly text: string }
  | {
      readonly kind: "equations" | "network" | "drawing" | "question";
      /** Of the fence; the text begins on the next. */
      readonly line: number;
      readonly text: string;
      /** What follows the kind on the fence's line. */
      readonly words: readonly string[];
    };

type BlockKind = "equations" | "network" | "drawing" | "question";

const blockKinds: readonly BlockKind[] = ["equations", "network", "drawing", "question"];

/** Three or more backticks or tildes, at most three spaces in, and what is written after them. */
const FENCE = /^( {0,3})(`{3,}|~{3,})[ \t]*([^`]*)$/;

/**
 * Cuts a sheet's file into its front matter, prose and blocks, in order. Other fenced code stays in the prose.
 *
 * @throws SheetError when the front matter is missing, or a block does not end.
 */
export function cutSheet(source: string): readonly SheetPiece[] {
  const lines = source.replace(/^\uFEFF/, "").split(/\r\n?|\n/);
  const pieces: SheetPiece[] = [frontMatterOf(lines)];
  let position = pieces[0]?.text.split("\n").length ?? 0;
  // The two lines of the front matter's fences; an empty front matter has no line between them.
  position += pieces[0]?.text === "" && lines[1]?.trimEnd() === "---" ? 1 : 2;
  let start = position;
  const endProse = (end: number): void => {
    const text = lines.slice(start, end).join("\n");
    if (text.trim() !== "") pieces.push({ kind: "prose", line: start + 1, text });
  };
  while (position < lines.length) {
    const fence = FENCE.exec(lines[position] ?? "");
    if (fence === null) {
      position += 1;
      continue;
    }
    const [, indent = "", marks = "", info = ""] = fence;
    const end = endOf(lines, position, marks);
    const kind = blockKindOf(info, indent, position + 1);
    if (kind !== null) {
      endProse(position);
      checkEnds(lines, { kind, marks, opening: position, end });
      const words = info.trim().split(/\s+/).slice(1);
      pieces.push({ kind, line: position + 1, text: lines.slice(position + 1, end).join("\n"), words });
      start = end + 1;
    }
    position = end + 1;
  }
  endProse(lines.length);
  return pieces;
}

function frontMatterOf(lines: readonly string[]): SheetPiece {
  if (lines[0]?.trimEnd() !== "---") {
    const got = lines[0]?.trim() === "" || lines[0] === undefined ? "an empty line" : `"${lines[0].slice(0, 40)}"`;
    const expected = 'front matter, from a line "---" to another';
    const advice = 'Begin with "---", "title: …", "---".';
    throw new SheetError({ expected, got, advice, place: { line: 1, column: 1 } });
  }
  const end = lines.findIndex((line, index) => index > 0 && line.trimEnd() === "---");
  if (end < 0) {
    throw new SheetError({
      expected: 'a line "---" after the front matter',
      got: "the end of the file",
      advice: "Add that line.",
      place: { line: 1, column: 1 },
    });
  }
  return { kind: "front matter", line: 1, text: lines.slice(1, end).join("\n") };
}

/** The line of the closing fence; the number of lines when there is none. */
function endOf(lines: readonly string[], opening: number, marks: string): number {
  for (let position = opening + 1; position < lines.length; position += 1) {
    const line = (lines[position] ?? "").replace(/^ {0,3}/, "").trimEnd();
    const isClosing = line.length >= marks.length && line === (marks[0] ?? "").repeat(line.length);
    if (isClosing) return position;
  }
  return lines.length;
}

/**
 * A block whose closing fence was left out would take in what follows it, up to the next block's.
 *
 * @throws SheetError with the place where the fence belongs: before the next block, or at the end of the file.
 */
function checkEnds(
  lines: readonly string[],
  block: { readonly kind: BlockKind; readonly marks: string; readonly opening: number; readonly end: number },
): void {
  const { kind, marks, opening, end } = block;
  const next = lines.slice(opening + 1, end).findIndex((line) => {
    const [, , nextMarks = "", info = ""] = FENCE.exec(line) ?? [];
    return nextMarks[0] === marks[0] && blockKinds.some((each) => each === info.trim().split(/\s+/)[0]);
  });
  if (next < 0 && end < lines.length) return;
  const expected = `"${marks}" after the ${kind} block of line ${opening + 1}`;
  if (next < 0) {
    const place = { line: opening + 1, column: 1 };
    throw new SheetError({ expected, got: "the end of the file", advice: "Add that line.", place });
  }
  const line = opening + 2 + next;
  const advice = "Add that line before this one.";
  throw new SheetError({ expected, got: "the next block", advice, place: { line, column: 1 } });
}

/** Null for code of another kind, which is prose. */
function blockKindOf(info: string, indent: string, line: number): BlockKind | null {
  const [word = ""] = info.trim().split(/\s+/);
  const kind = blockKinds.find((each) => each === word);
  if (kind !== undefined) {
    if (indent === "") return kind;
    throw new SheetError({
      expected: `the fence of the ${kind} block at the start of the line`,
      got: `${indent.length} spaces before it`,
      advice: "Leave them out.",
      place: { line, column: 1 },
    });
  }
  const nearest = nearestName(word, blockKinds);
  if (nearest === null) return null;
  throw new SheetError({
    expected: `a block of kind ${blockKinds.join(", ")}`,
    got: `"${word}"`,
    advice: `Did you mean ${nearest}?`,
    place: { line, column: indent.length + 4 },
  });
}
