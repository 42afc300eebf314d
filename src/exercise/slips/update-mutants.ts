import {
  add,
  divide,
  type Formula,
  multiply,
  negate,
  number,
  postorder,
  replaceSubformula,
  rewriteFormula,
  sameStructure,
  subtract,
  symbol,
  type SymbolFormula,
} from "../../formula/index.ts";
import { type AboutKey, isQuantity, type Mutant, typed } from "./mutant.ts";

/** An update rule: `parameter - step`, where the step has the gradient in it, or what stands for it (Adam's m, a velocity). */
interface Update {
  /** What is moved: `w_1`, or the first term as it is written. */
  readonly before: Formula;
  readonly step: Formula;
  readonly gradient: Formula;
  /** `eta` or another letter for it; null where the step has none. */
  readonly stepSize: SymbolFormula | null;
}

const stepSizes = ["eta", "alpha", "learningRate", "epsilon"];

function updateOf(formula: Formula): Update | null {
  if (formula.kind !== "operation" || formula.operator !== "-") return null;
  const { left: before, right: step } = formula;
  const parts = postorder(step);
  const gradient =
    parts.find((part) => part.kind === "derivative") ??
    parts.find((part) => part.kind === "symbol" && part.name === "g");
  if (gradient === undefined) return null;
  const stepSize = parts.find((part) => part.kind === "symbol" && stepSizes.includes(part.name));
  return { before, step, gradient, stepSize: stepSize?.kind === "symbol" ? stepSize : null };
}

const uphill = "Plus, where the step goes against the gradient.";

/** The slips of an update rule: uphill, without a step size, the step alone, gradient and parameter exchanged. */
export function* updateWrong(formula: Formula): Iterable<Mutant> {
  const update = updateOf(formula);
  if (update === null) return;
  const { before, step, gradient, stepSize } = update;
  yield { slip: "uphill", formula: add(before, step), message: uphill };
  const alone = { slip: "step-alone", message: "That is the step alone; what it is taken from is missing." };
  yield { ...alone, formula: negate(step) };
  yield { ...alone, formula: step };
  const message = "The parameter and its gradient are exchanged.";
  const parameter = gradient.kind === "derivative" ? gradient.by : before;
  if (sameStructure(parameter, before)) {
    yield { slip: "gradient-exchanged", formula: exchange(formula, parameter, gradient), message };
  }
  if (stepSize !== null) yield* stepSizeWrong(update, stepSize);
  yield* symbolsExchanged(formula);
}

function* stepSizeWrong({ before, step, gradient }: Update, stepSize: SymbolFormula): Iterable<Mutant> {
  const bare = replaceSubformula(step, stepSize, number(1));
  const missing = { slip: "step-size-missing", message: "The step size is missing." };
  yield { ...missing, formula: subtract(before, bare) };
  yield {
    slip: "step-size-missing+uphill",
    formula: add(before, bare),
    message: `Two slips at once. ${missing.message} ${uphill}`,
  };
  const misplaced = { slip: "step-size-misplaced", message: `${typed(stepSize)} stands in the wrong place.` };
  yield { ...misplaced, formula: subtract(multiply(stepSize, before), bare) };
  yield { ...misplaced, formula: multiply(stepSize, subtract(before, bare)) };
  yield { ...misplaced, formula: subtract(before, divide(bare, stepSize)) };
  yield {
    slip: "step-alone",
    formula: negate(gradient),
    message: "That is the gradient alone: what is done with it?",
  };
}

/** mu for eta, and the like: two plain symbols in each other's place. */
function* symbolsExchanged(formula: Formula): Iterable<Mutant> {
  const symbols = plainSymbols(formula);
  for (const [position, one] of symbols.entries()) {
    for (const other of symbols.slice(position + 1)) {
      const message = `${typed(one)} and ${typed(other)} are exchanged.`;
      yield { slip: "symbols-exchanged", formula: exchange(formula, one, other), message };
    }
  }
}

function plainSymbols(formula: Formula): readonly SymbolFormula[] {
  const found: SymbolFormula[] = [];
  for (const part of postorder(formula)) {
    if (part.kind === "symbol" && !found.some((known) => sameStructure(known, part))) found.push(part);
  }
  return found;
}

/** Two parts in each other's place, wherever they stand. */
function exchange(formula: Formula, one: Formula, other: Formula): Formula {
  const placeholder = symbol("\u0000");
  return replaceSubformula(
    replaceSubformula(replaceSubformula(formula, one, placeholder), other, one),
    placeholder,
    other,
  );
}

/** `w_2` for `w_1`: a numbered symbol of the question for another, below the ∂, beside it, or both. */
export function* otherNumber(formula: Formula, { symbols }: AboutKey): Iterable<Mutant> {
  const numbered = new Set(
    postorder(formula).flatMap((part) => {
      const found = part.kind === "symbol" ? part : part.kind === "derivative" ? part.by : null;
      if (found === null) return [];
      const { name } = found;
      return isQuantity(found) || stemOf(name) === null ? [] : [name];
    }),
  );
  for (const name of numbered) {
    for (const other of othersOf(name, symbols)) {
      const message = `That is ${other}, where ${name} belongs.`;
      const slip = "other-number";
      yield { slip, formula: renamed(formula, name, other, "below"), message };
      yield { slip, formula: renamed(formula, name, other, "beside"), message };
      yield { slip, formula: renamed(formula, name, other, "both"), message };
    }
  }
}

/** `w_` of `w_1`. */
function stemOf(name: string): string | null {
  return /^(.*\D)\d+$/u.exec(name)?.[1] ?? null;
}

function othersOf(name: string, symbols: readonly string[] | undefined): readonly string[] {
  const stem = stemOf(name);
  if (stem === null) return [];
  const known = symbols ?? [`${stem}1`, `${stem}2`];
  return known.filter((other) => other !== name && stemOf(other) === stem);
}

function renamed(formula: Formula, name: string, other: string, where: "below" | "beside" | "both"): Formula {
  const rename = (part: SymbolFormula): SymbolFormula => (part.name === name ? { ...part, name: other } : part);
  return rewriteFormula(formula, (part) => {
    if (part.kind === "symbol" && where !== "below") return rename(part);
    if (part.kind === "derivative" && where !== "beside") return { ...part, by: rename(part.by) };
    return part;
  });
}
