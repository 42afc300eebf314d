import { checkIsSheet } from "../check-is-sheet.ts";
import { checkOptions } from "../../network/known-options.ts";
import { type Notation, notationToText, row, sign, typeset } from "../../formula/index.ts";
import { type Subjects, subjectsOf } from "../answers/subjects.ts";
import type { FormulaSubject } from "../formulas/formula-subject.ts";
import { givenDocument } from "./given-document.ts";
import { letterOf } from "../answers/judge-choice.ts";
import { judgeFormula } from "../formulas/judge-formula.ts";
import { readMarkdown, readMarkdownLine } from "../prose/markdown.ts";
import { readMaths } from "../prose/maths.ts";
import { type ProseVocabularies, proseVocabularies } from "../prose/prose-vocabulary.ts";
import { describeSchematic, drawSchematic } from "./schematic.ts";
import { tikzSchematic } from "./schematic-tikz.ts";
import type { Located, Question, Sheet, SheetBlock } from "../sheet.ts";
import { isVariant } from "../answers/is-variant.ts";
import type { KnownValues } from "../worked/worked-number.ts";
import { workedSolution } from "../worked/worked-solution.ts";
import type { DocumentBlock, Inline, QuestionDocument, SheetDocument } from "../prose/sheet-document.ts";

/** What `sheetToText`, `sheetToHtml` and `sheetToLatex` are to show. */
export interface SheetWriterOptions {
  /** Keys, computed numbers and right choices. Default false. */
  readonly solutions?: boolean;
}

/** A sheet as a document, with its questions numbered. */
export function readDocument(sheet: Sheet, options: SheetWriterOptions = {}): SheetDocument {
  checkIsSheet("sheet", sheet);
  checkOptions("sheet", options, { solutions: true });
  const { solutions = false } = options;
  const known: KnownValues = new Map();
  let level = 1;
  let count = 0;
  const blocks = sheet.blocks.flatMap((block): readonly DocumentBlock[] => {
    if (block.kind === "question") {
      count += 1;
      return [
        questionDocument(sheet, block.question, { number: count, level: Math.min(level + 1, 6), solutions, known }),
      ];
    }
    const read = blockDocument(sheet, block, solutions);
    return read.map((each) => {
      if (each.kind !== "heading") return each;
      // The title has level 1, also where the text has headings of that level; and no level is left out.
      level = Math.min(Math.max(each.level, 2), level + 1);
      return { ...each, level };
    });
  });
  return {
    title: sheet.title,
    hasName: !solutions && count > 0,
    note: isVariant(sheet) ? `Variant ${sheet.seed}` : null,
    blocks,
  };
}

/** The questions of a sheet with their solutions as text; "" where those are not shown. */
export function sheetQuestions(
  sheet: Sheet,
  { solutions = false }: SheetWriterOptions = {},
): readonly { readonly question: Question; readonly solution: string }[] {
  return sheet.questions.map((question) => ({
    question,
    solution: solutions ? inlineText(solutionOf(subjectsOf(sheet), question, proseVocabularies(sheet, question))) : "",
  }));
}

/** A block of a sheet that is no question, as blocks of a document. */
export function blockDocument(
  sheet: Sheet,
  block: Exclude<SheetBlock, { kind: "question" }>,
  solutions: boolean,
): readonly DocumentBlock[] {
  switch (block.kind) {
    case "prose":
      return readMarkdown(block.markdown, proseVocabularies(sheet));
    case "drawing": {
      const svg = drawSchematic(block.widths, { names: true });
      const tikz = tikzSchematic(block.widths, { names: true });
      return [{ kind: "picture", svg, tikz, description: block.caption || describeSchematic(block.widths) }];
    }
    case "given":
      return givenDocument(block.given, solutions);
  }
}

/** How a question is shown. */
export interface QuestionView {
  /** From 1. */
  readonly number: number;
  /** Of its heading. */
  readonly level: number;
  readonly solutions: boolean;
  /** What the solutions of questions before it have worked out; added to. Default nothing. */
  readonly known?: KnownValues;
}

/** A question as a block of a document. */
export function questionDocument(
  sheet: Sheet,
  question: Question,
  { number, level, solutions, known = new Map() }: QuestionView,
): QuestionDocument {
  const { id, points } = question;
  const vocabularies = proseVocabularies(sheet, question);
  const subjects = subjectsOf(sheet);
  const solution = solutions ? solutionOf(subjects, question, vocabularies) : null;
  const worked = solutions ? workedSolution(subjects, question, known, number) : [];
  return {
    kind: "question",
    number,
    id,
    level,
    points,
    text: readMarkdown(question.text.text, vocabularies),
    asked: "asks" in question ? askedNotation(question.asks, vocabularies) : null,
    decimals: question.kind === "number" ? question.decimals : null,
    choices:
      "choices" in question
        ? question.choices.map(({ text, isRight }, i) => ({
            label: letterOf(i),
            parts: readMarkdownLine(text.text, vocabularies),
            isRight: solutions ? isRight : null,
          }))
        : null,
    hasSeveralRight: question.kind === "multiple choice",
    solution,
    worked: question.kind === "formula" ? endingWith(worked, solution) : worked,
  };
}

/** A derivation whose end, which is proved to be right, is also written as the answer is, which is proved to be right, too. */
function endingWith(worked: readonly DocumentBlock[], solution: readonly Inline[] | null): readonly DocumentBlock[] {
  const [block] = worked;
  const [answer, second] = solution ?? [];
  if (block?.kind !== "equations" || answer?.kind !== "maths" || second !== undefined) return worked;
  const last = block.rows.at(-1);
  const plain = (notation: Notation): string => notationToText(notation).replaceAll(/[\s·]+/g, "");
  const isSame = last === undefined || plain(last.right) === plain(answer.notation);
  if (isSame) return worked;
  return [
    { kind: "equations", rows: [...block.rows, { left: null, right: answer.notation, why: "the same, as asked" }] },
  ];
}

/** "2 points, 4 decimals": what a question earns, and how exactly a number is asked. */
export function worthText({ points, decimals }: QuestionDocument): string {
  const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;
  const exactness = decimals === null ? "" : `, ${counted(decimals, "decimal")}`;
  return `${counted(points, "point")}${exactness}`;
}

/** `next w_1` is the new value of w_1. */
function askedNotation(asks: Located | null, vocabularies: ProseVocabularies): Notation | null {
  return asks === null || asks.text.startsWith("next ") ? null : readMaths(asks.text, vocabularies);
}

function solutionOf(subjects: Subjects, question: Question, vocabularies: ProseVocabularies): readonly Inline[] {
  switch (question.kind) {
    case "formula": {
      const subject = subjects.formula(question);
      const typed = provedKey(subject);
      if (typed !== null) return [{ kind: "maths", notation: readMaths(typed, vocabularies) }];
      const derived = subject.derivedKey();
      if (derived === null) return [{ kind: "text", text: "no key" }];
      return [{ kind: "maths", notation: typeset(derived).notation }];
    }
    case "number": {
      const value = subjects.number(question).value();
      // Two decimals more than asked, so that both rounding and truncating can be seen.
      if (value === null) return [{ kind: "text", text: "no value" }];
      const digits: Notation = { kind: "number", text: Math.abs(value).toFixed(question.decimals + 2) };
      return [{ kind: "maths", notation: value < 0 ? row(sign("negative"), digits) : digits }];
    }
    default: {
      const right = question.choices.flatMap(({ isRight }, i) => (isRight ? [letterOf(i)] : []));
      return [{ kind: "text", text: right.length === 0 ? "none" : right.join(", ") }];
    }
  }
}

/** The author's key as it is typed, where it is right; null where another is to be shown. */
function provedKey(subject: FormulaSubject): string | null {
  const { key } = subject.truth();
  const typed = subject.question.key?.text ?? null;
  const isProved = key !== null && ["correct", "form"].includes(judgeFormula(subject, key).verdict);
  return isProved ? typed : null;
}

/** A line of a document as plain text. */
export function inlineText(parts: readonly Inline[]): string {
  return parts
    .map((part): string => {
      switch (part.kind) {
        case "text":
        case "code":
          return part.text;
        case "maths":
          return notationToText(part.notation).trim();
        case "break":
          return " ";
        default:
          return inlineText(part.parts);
      }
    })
    .join("");
}
