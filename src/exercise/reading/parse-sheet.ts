import { checkOptions } from "../../network/known-options.ts";
import { BackpassError, OptionError, SheetError } from "../../errors.ts";
import { givenEquations, givenNetwork } from "./given.ts";
import { definedFunctions, functionMistake } from "../vocabulary/question-vocabulary.ts";
import { generalOrActivation, generalOrCost, readQuestion } from "./question-block.ts";
import type { Given, Located, Question, Sheet, SheetBlock } from "../sheet.ts";
import { cutSheet, type SheetPiece } from "./sheet-pieces.ts";
import {
  decimalsRule,
  fieldsOf,
  readBoolean,
  readList,
  readName,
  readNumber,
  readOptionalText,
  readSymbols,
  readText,
  readTexts,
} from "./yaml-fields.ts";
import { readYaml } from "./yaml-tree.ts";
import { adviceUnlessPromise, shown } from "../../tree/reader.ts";

/** Bounds on other people's files, far above a term's sheets. */
const MOST_CHARACTERS = 1_000_000;
const MOST_QUESTIONS = 1_000;

/** How a sheet is read. */
export interface ParseSheetOptions {
  /** Decides the values drawn for ranges, and the order of choices; a whole number from 0. Default 1. */
  readonly seed?: number;
}

/**
 * Reads a problem sheet: one Markdown file with front matter, and fenced blocks for given equations and networks,
 * drawings and questions (docs/sheets.md). The same text and seed give the same sheet. Keys are not judged here; that is
 * for `lintSheet`.
 *
 * @throws SheetError with line and column for everything that makes the sheet unusable.
 * @throws OptionError for a seed that is no whole number from 0.
 */
export function parseSheet(text: string, options: ParseSheetOptions = {}): Sheet {
  checkOptions("parseSheet", options, { seed: true });
  if (typeof (text as unknown) !== "string") {
    const advice = 'Read the file first: await readFile("sheet.md", "utf8") of node:fs/promises.';
    throw new OptionError({
      where: "parseSheet",
      expected: "the text of a sheet",
      got: shown(text),
      advice: adviceUnlessPromise(text, advice),
    });
  }
  const { seed = 1 } = options;
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new OptionError({
      where: "parseSheet",
      expected: "a seed that is a whole number from 0 up",
      got: `${seed}`,
      advice: "Give such a number.",
    });
  }
  if (text.length > MOST_CHARACTERS) {
    throw new SheetError({
      expected: `at most ${MOST_CHARACTERS} characters`,
      got: `${text.length}`,
      advice: "Divide the sheet.",
      place: { line: 1, column: 1 },
    });
  }
  const pieces = cutSheet(text);
  const { shuffle, ...settings } = readFrontMatter(pieces[0]?.text ?? "");
  const givenBlocks = readGiven(pieces, seed, settings.functions);
  const given = new Map([...givenBlocks].map(([, { given: each }]) => [each.name, each]));
  const blocks: SheetBlock[] = [];
  const questions: Question[] = [];
  const ids = new Map<string, number>();
  for (const piece of pieces) {
    switch (piece.kind) {
      case "front matter":
        break;
      case "prose":
        blocks.push({ kind: "prose", line: piece.line, markdown: piece.text });
        break;
      case "drawing":
        blocks.push(readDrawing(piece));
        break;
      case "question": {
        const id = nameOf(piece, "question", ids);
        const context = { ...settings, seed, shuffle, given, earlier: questions.map((each) => each.id) };
        const question = readQuestion({ text: piece.text, line: piece.line, id }, context);
        questions.push(question);
        if (questions.length > MOST_QUESTIONS) {
          throw new SheetError({
            expected: `at most ${MOST_QUESTIONS} questions`,
            got: "more",
            advice: "Divide the sheet.",
            place: question,
          });
        }
        blocks.push({ kind: "question", line: piece.line, question });
        break;
      }
      default: {
        const shown = givenBlocks.get(piece);
        if (shown?.isHidden === false) blocks.push({ kind: "given", line: piece.line, given: shown.given });
      }
    }
  }
  return { ...settings, source: text, seed, given, blocks, questions };
}

type Settings = Pick<
  Sheet,
  "title" | "decimals" | "activation" | "outputActivation" | "cost" | "symbols" | "functions"
>;

/** The text between the lines `---`, which is on line 2. */
function readFrontMatter(text: string): Settings & { readonly shuffle: boolean } {
  const fields = fieldsOf(
    readYaml(text, 1),
    ["title", "activation", "output activation", "cost", "decimals", "symbols", "functions", "shuffle"],
    "the front matter",
  );
  const title = readOptionalText(fields.title, "a title");
  if (title === null) {
    throw new SheetError({
      expected: '"title:" in the front matter',
      got: "none",
      advice: "Add that line.",
      place: fields.title ?? { line: 1, column: 1 },
    });
  }
  const activation =
    fields.activation === undefined ? "general" : readName(fields.activation, generalOrActivation, "an activation");
  const output = fields["output activation"];
  return {
    title: title.text,
    activation,
    outputActivation: output === undefined ? activation : readName(output, generalOrActivation, "an activation"),
    cost: fields.cost === undefined ? "general" : readName(fields.cost, generalOrCost, "a cost"),
    decimals: fields.decimals === undefined ? 3 : readNumber(fields.decimals, decimalsRule),
    symbols: fields.symbols === undefined ? [] : readSymbols(fields.symbols),
    shuffle: fields.shuffle === undefined || readBoolean(fields.shuffle),
    functions: readTexts(fields.functions, "functions such as f(z) = z/(1+e^(-z))"),
  };
}

type BlockPiece = Exclude<SheetPiece, { kind: "front matter" | "prose" }>;

const NAME = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,59}$/u;

/**
 * The name on a block's fence, noted with its line in `seen`.
 *
 * @throws SheetError when there is none, one that is taken, or something after it.
 */
function nameOf({ kind, words, line }: BlockPiece, what: string, seen: Map<string, number>): string {
  const [name, more] = words;
  const place = { line, column: 1 };
  const example = kind === "question" ? "gradient-bias" : "simple";
  if (name === undefined) {
    throw new SheetError({
      expected: `a name after "${kind}"`,
      got: "none",
      advice: `Write for example "\`\`\`${kind} ${example}".`,
      place,
    });
  }
  if (!NAME.test(name)) {
    throw new SheetError({
      expected: `a name of at most 60 letters, digits and "-" for a ${what}`,
      got: `"${name.slice(0, 70)}"`,
      advice: `Write for example ${example}.`,
      place,
    });
  }
  if (more !== undefined) {
    throw new SheetError({
      expected: `nothing after the name "${name}"`,
      got: `"${more}"`,
      advice: 'Use "-" between words.',
      place,
    });
  }
  const before = seen.get(name);
  if (before !== undefined) {
    throw new SheetError({
      expected: "each name once",
      got: `"${name}" again, as on line ${before}`,
      advice: "Rename one.",
      place,
    });
  }
  seen.set(name, line);
  return name;
}

interface GivenBlock {
  readonly given: Given;
  readonly isHidden: boolean;
}

/** All given blocks, which questions before them may use too. */
function readGiven(
  pieces: readonly SheetPiece[],
  seed: number,
  functions: readonly Located[],
): ReadonlyMap<SheetPiece, GivenBlock> {
  const names = new Map<string, number>();
  const blocks = new Map<SheetPiece, GivenBlock>();
  // One that cannot be read is for the linter, which says where it is.
  const readable = functions.filter(
    ({ text }, i) => functionMistake(text, definedFunctions(functions.slice(0, i))) === null,
  );
  for (const piece of pieces) {
    if (piece.kind !== "equations" && piece.kind !== "network") continue;
    const isHidden = piece.words.at(-1) === "hidden" && piece.words.length > 1;
    const words = isHidden ? piece.words.slice(0, -1) : piece.words;
    const name = nameOf({ ...piece, words }, "given block", names);
    const { text, line } = piece;
    const given = inBlock(piece, () =>
      piece.kind === "equations"
        ? givenEquations(name, text, line + 1, seed, readable)
        : givenNetwork(name, text, line + 1, seed),
    );
    blocks.set(piece, { given, isHidden });
  }
  return blocks;
}

/** What goes wrong in reading a given block, said with its place in the file. */
function inBlock<Result>({ line }: BlockPiece, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof BackpassError) || error instanceof SheetError || error.code === "internal") throw error;
    const { expected, got, advice } = error;
    // Where the error has a place, it is already one of the file.
    const place = { line: error.place?.line ?? line, column: error.place?.column ?? 1 };
    const where = error.where.filter((each) => each !== "equations" && each !== "formula");
    throw new SheetError({ where, place, expected, got, advice });
  }
}

/** A network that is drawn: `widths: [3, 4, 4, 2]`, n_0 first, and a caption. */
function readDrawing(piece: BlockPiece): SheetBlock {
  const { widths, caption } = fieldsOf(readYaml(piece.text, piece.line), ["widths", "caption"], "a drawing");
  const list = readList(widths, "widths").map((width) =>
    readNumber(width, {
      expected: "a width, a whole number from 1 to 12",
      isAllowed: (value) => Number.isInteger(value) && value >= 1 && value <= 12,
    }),
  );
  if (list.length < 2 || list.length > 8) {
    throw new SheetError({
      expected: '"widths:" with those of 2 to 8 layers',
      got: `${list.length}`,
      advice: 'Write for example "widths: [3, 4, 2]".',
      place: widths ?? { line: piece.line, column: 1 },
    });
  }
  const said = caption === undefined ? "" : readText(caption, "a caption").text;
  return { kind: "drawing", line: piece.line, widths: list, caption: said };
}
