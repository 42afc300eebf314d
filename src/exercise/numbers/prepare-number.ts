import { FormulaError } from "../../errors.ts";
import { once } from "../once.ts";
import type { NumberQuestion, Sheet } from "../sheet.ts";
import { type AnswerReading, namesOfAsked, readAnswer } from "../typed/read-answer.ts";
import type { FunctionTable } from "../vocabulary/function-table.ts";
import { vocabularyOf } from "../vocabulary/question-vocabulary.ts";
import { withSynonyms } from "../vocabulary/synonyms.ts";
import type { ExpectedSlip } from "./judge-number.ts";
import { type GivenSystem, valueIn } from "./system-values.ts";
import type { AskedNumber } from "./typed-number.ts";

/** A question for a number with what is worked out for it, each thing when it is first needed, and once. */
export interface NumberSubject {
  readonly question: NumberQuestion;
  readonly system: GivenSystem;
  /** What it asks for; null when that cannot be read. */
  readonly asked: () => AskedNumber | null;
  /** Reads a typed answer. */
  readonly read: (text: string) => AnswerReading;
  /** The wrong numbers that the author expects, those that can be read. */
  readonly expected: () => readonly ExpectedSlip[];
  /** The number, in float64; null where the given system has nothing that is asked for. */
  readonly value: () => number | null;
}

/** A question for a number, with nothing worked out yet. */
export function prepareNumber(
  sheet: Pick<Sheet, "symbols">,
  question: NumberQuestion,
  { functions, system }: { readonly functions: FunctionTable; readonly system: GivenSystem },
): NumberSubject {
  const vocabulary = once(() => withSynonyms(vocabularyOf(sheet, question, functions.defined)));
  const plainly = (text: string): AnswerReading => readAnswer(text, vocabulary(), { formula: null, names: [] });
  const asked = once((): AskedNumber | null => {
    const read = plainly(question.asks.text);
    return read.kind === "read" ? { question, asks: read.formula, system } : null;
  });
  const names = namesOfAsked(question.asks.text, null);
  return {
    question,
    system,
    asked,
    read: (text) => readAnswer(text, vocabulary(), { formula: asked()?.asks ?? null, names }),
    expected: once(() =>
      question.slips.flatMap(({ answer: { text }, message }) => {
        const slip = plainly(text);
        return slip.kind === "read" ? [{ answer: { formula: slip.formula, text }, message }] : [];
      }),
    ),
    value: once(() => valueOf(asked())),
  };
}

function valueOf(asked: AskedNumber | null): number | null {
  if (asked === null) return null;
  try {
    const value = valueIn(asked.system.own(), asked.asks);
    return Number.isFinite(value) ? value : null;
  } catch (error) {
    if (error instanceof FormulaError) return null;
    throw error;
  }
}
