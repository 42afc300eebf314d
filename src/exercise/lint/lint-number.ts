import { STEP } from "../../network/central-difference.ts";
import { FormulaError, reasonOf } from "../../errors.ts";
import { gradient } from "../../network/index.ts";
import { questionChecks } from "./author-answers.ts";
import { chainSlips } from "../numbers/chain-slips.ts";
import { checkQuestion } from "../answers/check-question.ts";
import type { Subjects } from "../answers/subjects.ts";
import type { AskedNumber } from "../numbers/typed-number.ts";
import type { NumberQuestion } from "../sheet.ts";
import { shortNumber } from "../short-number.ts";
import { valueIn } from "../numbers/system-values.ts";
import { noQuantity, termOf } from "../numbers/system-names.ts";
import type { SheetFinding } from "../verdict.ts";

/**
 * Finds what is wrong with a question for a number: its key, its values, the decimals it asks for.
 *
 * @param variants the sheet with other seeds, in which a question with drawn values has to be sound, too
 */
export function lintNumber(
  sheet: Subjects,
  question: NumberQuestion,
  variants: readonly Subjects[],
): readonly SheetFinding[] {
  const findings = [...lintVariant(sheet, question), ...lintSlips(sheet, question)];
  if (findings.length > 0 || !question.given.isVariant) return findings;
  for (const variant of variants) {
    const same = variant.sheet.questions.find(({ id }) => id === question.id);
    const [found] = same?.kind === "number" ? lintVariant(variant, same) : [];
    if (found !== undefined) return [{ ...found, message: `with seed ${variant.sheet.seed}: ${found.message}` }];
  }
  return findings;
}

function lintSlips(sheet: Subjects, question: NumberQuestion): readonly SheetFinding[] {
  return questionChecks(question, (answer) => checkQuestion(sheet, question, answer, {}));
}

function lintVariant(sheet: Subjects, question: NumberQuestion): readonly SheetFinding[] {
  const { asks, given, decimals, key, id } = question;
  const finding = (
    kind: SheetFinding["kind"],
    { line, column }: { readonly line: number; readonly column: number },
    message: string,
    suggestion: string | null = null,
  ): readonly SheetFinding[] => [{ kind, question: id, line, column, message, suggestion }];
  const { asked: askedOf, system } = sheet.number(question);
  const asked = askedOf();
  if (asked === null) {
    return finding("key-unreadable", asks, `asks: ${reasonOf(noQuantity(given, asks.text))}`);
  }
  let value: number;
  const state = system.own();
  try {
    value = valueIn(state, asked.asks);
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    return finding("key-unreadable", asks, `asks: ${error.reason}`);
  }
  if (!Number.isFinite(value)) {
    return finding(
      "undefined-point",
      asks,
      `expected a finite value of ${asks.text}, got ${value}. Change what is given.`,
    );
  }
  const unproved = disproof(asked, value);
  if (unproved !== null) return finding("undefined-point", asks, unproved);
  if (key !== null && key.text.trim() !== "") {
    const { verdict, message } = checkQuestion(sheet, question, key.text, {});
    if (verdict !== "correct") {
      const text = `expected ${shortNumber(value)}, which the equations give, got ${key.text}. ${message}`;
      return finding("key-wrong", key, text, value.toFixed(decimals + 2));
    }
  }
  const wrong = [
    { value: 0, what: "" },
    { value: -value, what: "the opposite sign" },
    { value: value / 2, what: "half of it" },
    { value: 2 * value, what: "twice as much" },
    ...chainSlips({ asks: asked.asks, state, exact: value, typed: zero, decimals }).map((slip) => ({
      value: slip.value,
      what: `what comes of a slip (${slip.slip})`,
    })),
  ];
  for (const { value: other, what } of wrong) {
    const isApart = Math.abs(other - value) > 0.05 * Math.abs(value);
    if (!Number.isFinite(other) || !isApart || value === 0) continue;
    const typed = other.toFixed(decimals);
    if (checkQuestion(sheet, question, typed, {}).verdict !== "correct") continue;
    const message = `expected decimals that tell wrong answers apart, got ${decimals} for ${shortNumber(value)}, of which ${typed}${what === "" ? "" : `, ${what},`} counts as right. Ask for more.`;
    return finding("decimals-ambiguous", asks, message);
  }
  return [];
}

const zero = { decimal: { units: 0n, decimals: 0 }, decimals: 0, hasQuantities: false };

/** Relative difference beyond which a central difference does not confirm a derivative; it errs by about 1e-10. */
const TOLERANCE = 1e-5;

/** What differences, or the reference engine, have against a value; null when they confirm it. */
function disproof({ question, asks, system }: AskedNumber, value: number): string | null {
  const { given } = question;
  const term = termOf(given, asks);
  if (term !== null && term.by !== null) {
    const { of, by } = term;
    const { values } = system.own();
    const here = values[by] ?? 0;
    const step = STEP * Math.max(1, Math.abs(here));
    const at = (moved: number): number =>
      system.stateWith([{ term: { of: by, by: null }, value: moved }]).values[of] ?? Number.NaN;
    const [left, middle, right] = [at(here - step), at(here), at(here + step)];
    const slopes = [((middle ?? 0) - (left ?? 0)) / step, ((right ?? 0) - (middle ?? 0)) / step] as const;
    const difference = (slopes[0] + slopes[1]) / 2;
    if (!(Math.abs(difference - value) <= TOLERANCE * Math.max(1e-3, Math.abs(value), Math.abs(difference)))) {
      return `expected a value that differences confirm, got ${shortNumber(value)} for ${question.asks.text}, with slopes of ${shortNumber(slopes[0])} before and ${shortNumber(slopes[1])} after it: there is a kink. Change what is given.`;
    }
  }
  if (given.network === null) return null;
  const { net, input, target } = given.network;
  const { cost } = gradient(net, [[...input]], [[...target]], { engine: "reference" });
  const own = system.own().values[given.system.cost] ?? Number.NaN;
  if (Math.abs(cost - own) <= 1e-9 * Math.max(1, Math.abs(cost))) return null;
  return `expected the cost that the reference engine gives, ${shortNumber(cost)}, got ${shortNumber(own)}. Please report this.`;
}
