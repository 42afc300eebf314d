import {
  add,
  childrenOf,
  differentiate,
  type Formula,
  formulaKey,
  identifier,
  multiply,
  type Notation,
  row,
  sign,
  simplify,
  substitute,
  symbol,
  symbolsOf,
  toText,
  typeset,
  withChildren,
} from "../../formula/index.ts";
import type { FormulaSubject } from "../formulas/formula-subject.ts";
import { readMaths } from "../prose/maths.ts";
import { proseVocabularies } from "../prose/prose-vocabulary.ts";
import { branchWhere } from "./branch-where.ts";
import { type Derived, equationRow, partialNotation } from "./derivation.ts";

/** A part of a function that has a letter of its own: `u = 1 + e^v`. */
interface Part {
  readonly letter: string;
  readonly formula: Formula;
}

/** None is the letter of a weighted input or of an activation, which a function may be asked of. */
const LETTERS = ["u", "v", "w", "p", "q", "r", "s"] as const;

/** The letter of functions' formulas. */
const ARGUMENT = "z";

/** What the function itself is called among its parts. */
const WHOLE = "f";

/**
 * How the derivative of a function follows from its formula: what the function is made of, the derivative of each part, the chain
 * rule over them, and the parts put in again. Null where the question asks for something else.
 */
export function workedFunction(subject: FormulaSubject): Derived | null {
  const { sheet, question, functions } = subject;
  const { asked } = subject.truth();
  if (asked?.kind !== "application" || asked.primes === 0 || asked.argument.kind !== "symbol") return null;
  const whole = functions.formula(asked.name, asked.primes - 1);
  if (whole === null) return null;
  const z = toText(asked.argument);
  const vocabularies = proseVocabularies(sheet, question);
  const name = (primes: number): Notation => readMaths(`${asked.name}${"'".repeat(primes)}(${z})`, vocabularies);
  const own = substitute(whole, new Map([[ARGUMENT, asked.argument]]));
  const rows = [equationRow(name(asked.primes - 1), typeset(own).notation)];
  const readDomain = domainOf(subject);
  const branch = readDomain === null ? own : simplify(branchWhere(own, readDomain));
  if (toText(branch) !== toText(own)) {
    rows.push(equationRow(null, typeset(branch).notation, `for ${question.domain?.text.trim() ?? ""}`));
  }
  const derived = derivativeRows(branch, z, name(asked.primes));
  return { rows: [...rows, ...derived.rows], result: derived.result };
}

function domainOf({ truth }: FormulaSubject): Formula | null {
  const { judge } = truth();
  return judge?.kind === "scalar" ? judge.question.domain : null;
}

function derivativeRows(formula: Formula, z: string, left: Notation): Derived {
  const found: Part[] = [];
  if ([...LETTERS, WHOLE].some((letter) => letter === z)) {
    const result = simplify(differentiate(formula, z));
    return { rows: [equationRow(left, typeset(result).notation)], result };
  }
  const inside = inParts(formula, found);
  // From the outside in: f = 1/u, u = 1 + e^v, v = -z.
  const renamed = new Map(found.map(({ letter }, i) => [letter, LETTERS[found.length - 1 - i] ?? letter]));
  const letters = new Map([...renamed].map(([letter, other]) => [letter, symbol(other)]));
  const parts = found.map((part) => ({
    letter: renamed.get(part.letter) ?? part.letter,
    formula: substitute(part.formula, letters),
  }));
  const outer = inside === null ? null : substitute(inside, letters);
  const result = simplify(differentiate(formula, z));
  const plain: Derived = { rows: [equationRow(left, typeset(result).notation)], result };
  if (outer === null || parts.length === 0) return plain;
  const all = [...parts, { letter: WHOLE, formula: outer }];
  const paths = pathsTo(all, z);
  if (paths.length > MOST_PATHS) return plain;
  const used = all.flatMap((part) =>
    symbolsOf(part.formula)
      .filter((by) => paths.some((path) => path.some((step) => step.of === part.letter && step.by === by)))
      .map((by) => ({ part, by })),
  );
  const rows = parts.toReversed().map((part) => equationRow(identifier(part.letter), typeset(part.formula).notation));
  rows.unshift(equationRow(identifier(WHOLE), typeset(outer).notation, "in parts"));
  for (const { part, by } of used.toReversed()) {
    const slope = simplify(differentiate(part.formula, by));
    rows.push(equationRow(partialNotation(identifier(part.letter), identifier(by)), typeset(slope).notation));
  }
  const rule = paths.map((path) =>
    row(
      ...path.flatMap(({ of, by }, i) => [
        ...(i === 0 ? [] : [sign("dot")]),
        partialNotation(identifier(of), identifier(by)),
      ]),
    ),
  );
  rows.push(
    equationRow(
      left,
      row(...rule.flatMap((product, i) => [...(i === 0 ? [] : [sign("plus")]), product])),
      "the chain rule",
    ),
  );
  const inLetters = paths
    .map((path) => path.map(({ of, by }) => simplify(differentiate(formulaOf(all, of), by))).reduce(multiply))
    .reduce(add);
  rows.push(equationRow(null, typeset(simplify(inLetters)).notation));
  const putIn = simplify(
    parts
      .toReversed()
      .reduce((sofar, part) => substitute(sofar, new Map([[part.letter, part.formula]])), simplify(inLetters)),
  );
  if (toText(putIn) !== toText(simplify(inLetters)))
    rows.push(equationRow(null, typeset(putIn).notation, "with the parts put in"));
  return { rows, result: putIn };
}

/** More ways from z to the function are not written out. */
const MOST_PATHS = 4;

interface Step {
  readonly of: string;
  readonly by: string;
}

/** Every way from the function back to z. */
function pathsTo(parts: readonly Part[], z: string): readonly (readonly Step[])[] {
  const from = (of: string): readonly (readonly Step[])[] =>
    symbolsOf(formulaOf(parts, of)).flatMap((by): readonly (readonly Step[])[] => {
      const step = { of, by };
      if (by === z) return [[step]];
      return parts.some(({ letter }) => letter === by) ? from(by).map((path) => [step, ...path]) : [];
    });
  return from(WHOLE);
}

function formulaOf(parts: readonly Part[], letter: string): Formula {
  return parts.find((part) => part.letter === letter)?.formula ?? symbol(letter);
}

/**
 * A formula in which what its functions, powers, products and quotients act on has a letter each, added to `parts`; null where
 * that would take too many letters.
 */
function inParts(formula: Formula, parts: Part[]): Formula | null {
  if (symbolsOf(formula).length === 0 || formula.kind === "symbol") return formula;
  if (formula.kind === "choice" || formula.kind === "comparison") return formula;
  const children = childrenOf(formula);
  const variable = children.filter((child) => symbolsOf(child).length > 0);
  const isSum =
    formula.kind === "negate" ||
    (formula.kind === "operation" && (formula.operator === "+" || formula.operator === "-"));
  const isScaled =
    formula.kind === "operation" &&
    (formula.operator === "*" || (formula.operator === "/" && variable[0] === children[0])) &&
    variable.length === 1;
  const changed = children.map((child) => {
    const inner = inParts(child, parts);
    return inner === null || isSum || isScaled ? inner : lettered(inner, parts);
  });
  const known = changed.filter((each) => each !== null);
  return known.length === children.length ? withChildren(formula, known) : null;
}

function lettered(formula: Formula, parts: Part[]): Formula | null {
  if (formula.kind === "symbol" || symbolsOf(formula).length === 0) return formula;
  const before = parts.find((part) => formulaKey(part.formula) === formulaKey(formula));
  if (before !== undefined) return symbol(before.letter);
  const letter = LETTERS[parts.length];
  if (letter === undefined) return null;
  parts.push({ letter, formula });
  return symbol(letter);
}
