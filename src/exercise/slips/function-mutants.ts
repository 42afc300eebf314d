import {
  childrenOf,
  type Call,
  differentiate,
  divide,
  type Formula,
  multiply,
  number,
  postorder,
  simplify,
  substitute,
  subtract,
  symbolsOf,
} from "../../formula/index.ts";
import { appliedFunction } from "../vocabulary/applied-function.ts";
import { mutantValues } from "./mutant-values.ts";
import { type AboutKey, changedOnce, isQuantity, type Mutant, typed } from "./mutant.ts";

/** The function itself, where its derivative is asked. */
export function* derivativeNotTaken(_formula: Formula, { asked }: AboutKey): Iterable<Mutant> {
  const slip = "derivative-not-taken";
  if (asked?.kind === "derivative") {
    yield { slip, formula: asked.of, message: notTaken(asked.of) };
  } else if (asked?.kind === "application" && asked.primes > 0) {
    const whole = appliedFunction(asked.name, asked.argument, asked.primes - 1);
    yield { slip, formula: whole, message: notTaken({ ...asked, primes: asked.primes - 1 }) };
  }
}

function notTaken(whole: Formula): string {
  return `That is ${typed(whole)} itself; its derivative is asked.`;
}

/** `1 - f` where the derivative is `f(1 - f)`: one of its two factors. */
export function* oneMinusFunction(formula: Formula, { asked }: AboutKey): Iterable<Mutant> {
  if (asked?.kind !== "application" || asked.primes !== 1) return;
  const whole = appliedFunction(asked.name, asked.argument, 0);
  const rest = subtract(number(1), whole);
  const { text } = mutantValues();
  if (text(multiply(whole, rest)) !== text(formula)) return;
  const argument = typed(asked.argument);
  const message = `That is 1-${typed({ ...asked, primes: 0 })}, not yet the derivative: what would it be where ${argument} is far below 0?`;
  yield { slip: "one-minus-function", formula: rest, message };
}

/** f for f′, f′ for f, f″ for f′; of functions with a formula their derivative's formula. */
export function* primesWrong(formula: Formula): Iterable<Mutant> {
  yield* changedOnce(formula, (part) => {
    if (part.kind === "application") return otherPrimes(part.name, part.argument, part.primes);
    if (part.kind !== "call" || !isActivation(part)) return [];
    const [argument = part] = part.arguments;
    return [{ ...derivativeForFunction(part.name), formula: appliedFunction(part.name, argument, 1) }];
  });
}

function otherPrimes(name: string, argument: Formula, primes: number): readonly Mutant[] {
  const more = { slip: "second-derivative", message: `${name}'' is the second derivative; the first belongs there.` };
  if (primes === 0) return [{ ...derivativeForFunction(name), formula: appliedFunction(name, argument, 1) }];
  const mutants = [
    {
      slip: "function-for-derivative",
      formula: appliedFunction(name, argument, primes - 1),
      message: `You used ${name} where its derivative ${name}${"'".repeat(primes)} belongs.`,
    },
  ];
  return primes === 1 ? [...mutants, { ...more, formula: appliedFunction(name, argument, 2) }] : mutants;
}

function derivativeForFunction(name: string): { readonly slip: string; readonly message: string } {
  return { slip: "derivative-for-function", message: `You used ${name}' where ${name} itself belongs.` };
}

function isActivation({ name, arguments: { length } }: Call): boolean {
  return length === 1 && !["exp", "expm1", "log", "log1p", "sqrt", "abs", "sign"].includes(name);
}

/** The whole without the derivative of an inner function: `e^(z^2)` for `2*z*e^(z^2)`. */
export function* innerDerivativeMissing(formula: Formula, { asked }: AboutKey): Iterable<Mutant> {
  const variable = variableOf(formula, asked);
  if (variable === null) return;
  for (const part of postorder(formula)) {
    const inner = innerOf(part);
    if (inner === null || inner.kind === "symbol") continue;
    const derivative = simplify(differentiate(inner, variable));
    if (derivative.kind === "number") continue;
    const without = simplify(divide(formula, derivative));
    if (without.kind === "number") continue;
    const message = `The inner derivative is missing: ${typed(inner)} depends on ${variable} too.`;
    yield { slip: "inner-derivative-missing", formula: without, message };
  }
}

/** What a function or a power is applied to. */
function innerOf(part: Formula): Formula | null {
  if (part.kind === "call" && part.arguments.length === 1) return part.arguments[0] ?? null;
  if (part.kind !== "operation" || part.operator !== "^") return null;
  return part.left.kind === "constant" || part.left.kind === "number" ? part.right : part.left;
}

/** The derivative of the key, which is one already. */
export function* differentiatedTwice(formula: Formula, { asked }: AboutKey): Iterable<Mutant> {
  const variable = variableOf(formula, asked);
  if (variable === null || asked?.kind !== "application" || asked.primes === 0) return;
  const second = simplify(differentiate(formula, variable));
  if (second.kind === "number") return;
  yield { slip: "second-derivative", formula: second, message: "That is differentiated once too often." };
}

/** A number that is right at one point. */
export function* valueAtZero(formula: Formula, { asked }: AboutKey): Iterable<Mutant> {
  const variable = variableOf(formula, asked);
  if (variable === null) return;
  const atZero = simplify(substitute(formula, new Map([[variable, number(0)]])));
  const message = `That is the value at ${variable} = 0 only; any ${variable} is asked.`;
  yield { slip: "only-one-point", formula: atZero, message };
}

/** The symbol that a scalar function is a function of: the one asked for, `z`, or its only one. */
function variableOf(formula: Formula, asked: Formula | null): string | null {
  const parts = postorder(formula);
  if (parts.some((part) => part.kind === "derivative" || part.kind === "sum" || part.kind === "application"))
    return null;
  if (parts.some(isQuantity)) return null;
  const names = symbolsOf(formula);
  const argument = asked?.kind === "application" ? asked.argument : null;
  const name =
    argument?.kind === "symbol" ? argument.name : names.includes("z") ? "z" : names.length === 1 ? names[0] : null;
  return name !== undefined && name !== null && names.includes(name) ? name : null;
}

/** A function left out: `v` for `sqrt(v)`. */
export function functionMissing(formula: Formula): Iterable<Mutant> {
  return changedOnce(formula, (part) => {
    const name = part.kind === "call" || (part.kind === "application" && part.primes === 0) ? part.name : null;
    const [argument, ...others] = childrenOf(part);
    if (name === null || argument === undefined || others.length > 0) return [];
    return [{ slip: "function-missing", formula: argument, message: `${name} is missing.` }];
  });
}

/** Cases exchanged, and one of them for all. */
export function caseWrong(formula: Formula): Iterable<Mutant> {
  return changedOnce(formula, (part) => {
    if (part.kind !== "choice") return [];
    const { then, otherwise } = part;
    const one = { slip: "only-one-case", message: "That holds in one of the cases only." };
    return [
      {
        slip: "cases-exchanged",
        formula: { ...part, then: otherwise, otherwise: then },
        message: "The cases are exchanged.",
      },
      { ...one, formula: then },
      { ...one, formula: otherwise },
      { slip: "case-zero", formula: { ...part, otherwise: number(0) }, message: "One of the cases is not 0." },
    ];
  });
}
