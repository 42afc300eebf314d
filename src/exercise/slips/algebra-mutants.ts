import {
  add,
  childrenOf,
  divide,
  type Formula,
  multiply,
  negate,
  number,
  type Operation,
  power,
  sameStructure,
  subtract,
} from "../../formula/index.ts";
import { type AboutKey, changedOnce, isQuantity, type Mutant, typed } from "./mutant.ts";

/** The whole with the other sign. */
export function signWrong(formula: Formula): readonly Mutant[] {
  return [{ slip: "sign", formula: negate(formula), message: "The sign is wrong." }];
}

/** Twice or half of the whole. */
export function offByTwo(formula: Formula): readonly Mutant[] {
  const message = "Off by a factor 2.";
  return [
    { slip: "factor-two", formula: multiply(number(2), formula), message },
    { slip: "factor-two", formula: divide(formula, number(2)), message },
  ];
}

/** A factor of a product missing, above or below a fraction line, under a sum or in an exponent. */
export function factorMissing(formula: Formula, { asked }: AboutKey): Iterable<Mutant> {
  const isWeightAsked = asked?.kind === "derivative" && asked.by.name === "w";
  const missingFactor = (factor: Formula): string => {
    const isInput = isWeightAsked && factor.kind === "symbol" && factor.name === "a";
    return `A factor is missing${isInput ? ": what is the weight multiplied with?" : questionAbout(factor, formula)}`;
  };
  return changedOnce(formula, (part) => {
    if (part.kind !== "operation" || (part.operator !== "*" && part.operator !== "/")) return [];
    const { left, right, operator } = part;
    const without: Mutant[] = [];
    if (!isProduct(right) || operator === "/") {
      const message = operator === "*" ? missingFactor(right) : "What stands below the fraction line is missing.";
      without.push({ slip: "factor-missing", formula: left, message });
    }
    if (!isProduct(left)) {
      const rest = operator === "*" ? right : divide(number(1), right);
      without.push({ slip: "factor-missing", formula: rest, message: missingFactor(left) });
    }
    return without;
  });
}

function isProduct(formula: Formula): boolean {
  return formula.kind === "operation" && (formula.operator === "*" || formula.operator === "/");
}

/** Asks for a missing factor without naming it. */
function questionAbout(factor: Formula, whole: Formula): string {
  switch (factor.kind) {
    case "application": {
      const { argument, name, primes } = factor;
      if (primes === 0) return ".";
      const value = isQuantity(argument) && argument.name === "z" ? { ...argument, name: "a" } : null;
      return `: how does ${value === null ? `${name}(${typed(argument)})` : typed(value)} change with ${typed(argument)}?`;
    }
    case "derivative":
      return `: how does ${typed(factor.of)} change with ${typed(factor.by)}?`;
    case "number":
      return ": a number.";
    case "symbol":
      if (isQuantity(factor)) return questions[factor.name] ?? ".";
      return occurrences(factor, whole) > 1 ? "." : ": not every symbol is used that is needed.";
    default:
      return ".";
  }
}

const questions: Readonly<Record<string, string>> = {
  w: ": how strongly does one neuron act on the other?",
  delta: ": which error is passed on?",
};

function occurrences(part: Formula, whole: Formula): number {
  if (sameStructure(part, whole)) return 1;
  return childrenOf(whole).reduce((count, child) => count + occurrences(part, child), 0);
}

/** A term of a sum missing. */
export function termMissing(formula: Formula): Iterable<Mutant> {
  return changedOnce(formula, (part) => {
    if (!isSum(part)) return [];
    const { left, right, operator } = part;
    const slip = "term-missing";
    const message = "A term is missing.";
    const second = operator === "+" ? right : negate(right);
    return isSum(left)
      ? [{ slip, formula: left, message }]
      : [
          { slip, formula: left, message },
          { slip, formula: second, message },
        ];
  });
}

interface Sum extends Operation {
  readonly operator: "+" | "-";
}

function isSum(formula: Formula): formula is Sum {
  return formula.kind === "operation" && (formula.operator === "+" || formula.operator === "-");
}

/** The sign of one term. */
export function termSignWrong(formula: Formula): Iterable<Mutant> {
  return changedOnce(formula, (part) => {
    if (!isSum(part)) return [];
    const { left, right, operator } = part;
    const mutants: Mutant[] =
      operator === "-"
        ? [{ slip: "plus-for-minus", formula: add(left, right), message: "Plus, where a minus belongs." }]
        : [{ slip: "minus-for-plus", formula: subtract(left, right), message: "Minus, where a plus belongs." }];
    if (!isSum(left)) {
      const formula: Formula = { ...part, left: negate(left) };
      mutants.push({ slip: "term-sign", formula, message: `The sign of ${typed(left)} is wrong.` });
    }
    return mutants;
  });
}

/** Plus for times, times for plus, divided for multiplied and the other way round. */
export function operatorWrong(formula: Formula): Iterable<Mutant> {
  return changedOnce(formula, (part) => {
    if (part.kind !== "operation") return [];
    const { left, right, operator } = part;
    switch (operator) {
      case "*":
        return [
          { slip: "plus-for-times", formula: add(left, right), message: "Plus, where the two are multiplied." },
          { slip: "divided", formula: divide(left, right), message: "Divided, where the two are multiplied." },
          { slip: "divided", formula: divide(right, left), message: "Divided, where the two are multiplied." },
        ];
      case "/":
        return [
          {
            slip: "fraction-inverted",
            formula: divide(right, left),
            message: "What stands above and below the fraction line is exchanged.",
          },
          { slip: "times-for-divided", formula: multiply(left, right), message: "Times, where one divides the other." },
        ];
      case "+":
      case "-":
        // Nobody types 1·x for 1 + x.
        if (left.kind === "number" || right.kind === "number") return [];
        return [{ slip: "times-for-plus", formula: multiply(left, right), message: timesForPlus[operator] }];
      case "^":
        return [];
    }
  });
}

const timesForPlus = {
  "+": "Times, where the two are added.",
  "-": "Times, where one is subtracted from the other.",
};

/** An exponent missing, off by one, or of the other sign. */
export function exponentWrong(formula: Formula): Iterable<Mutant> {
  return changedOnce(formula, (part) => {
    if (part.kind === "call" && part.name === "exp") {
      return part.arguments.map((exponent) => ({
        ...exponentSign,
        formula: { ...part, arguments: [opposite(exponent)] },
      }));
    }
    if (part.kind !== "operation" || part.operator !== "^") return [];
    const { left: base, right: exponent } = part;
    const mutants: Mutant[] = [];
    if (base.kind !== "constant" && base.kind !== "number") {
      const isSquare = exponent.kind === "number" && exponent.value === 2;
      const slip = isSquare ? "square-missing" : "exponent-missing";
      mutants.push({ slip, formula: base, message: isSquare ? "A square is missing." : "An exponent is missing." });
    }
    mutants.push({ ...exponentSign, formula: power(base, opposite(exponent)) });
    if (exponent.kind === "number") {
      for (const value of [exponent.value + 1, exponent.value - 1]) {
        mutants.push({
          slip: "exponent-off",
          formula: power(base, number(value)),
          message: "An exponent is off by one.",
        });
      }
    }
    return mutants;
  });
}

const exponentSign = { slip: "exponent-sign", message: "The sign of an exponent is wrong." };

function opposite(formula: Formula): Formula {
  return formula.kind === "negate" ? formula.operand : negate(formula);
}

/** What a product, a quotient or a power becomes when the brackets around a sum in it are forgotten. */
export function bracketsMissing(formula: Formula): Iterable<Mutant> {
  const found = (changed: Formula): Mutant => ({
    slip: "brackets-missing",
    formula: changed,
    message: "Brackets are missing: as it is written, only a part of the sum is meant.",
  });
  return changedOnce(formula, (part) => {
    if (part.kind !== "operation") return [];
    const { left, right, operator } = part;
    const mutants: Mutant[] = [];
    if (operator === "/" && right.kind === "operation" && right.operator === "*") {
      const message =
        "Brackets are missing: as it is written, only the first factor of the product stands below the fraction line.";
      mutants.push({ ...found(multiply(divide(left, right.left), right.right)), message });
    }
    if (operator === "*" || operator === "/") {
      if (isSum(right)) mutants.push(found({ ...right, left: { ...part, right: right.left } }));
      if (isSum(left)) mutants.push(found({ ...left, right: { ...part, left: left.right } }));
      for (const inner of unbracketedPowers(right))
        mutants.push(found({ ...inner, left: { ...part, right: inner.left } }));
    }
    if (operator === "^") mutants.push(...unbracketedPowers(part).map(found));
    if (operator === "-" || operator === "+") mutants.push(...unbracketedTerm(part).map(found));
    return mutants;
  });
}

/** `(b + c)^n` without its brackets: `b + c^n`; where c is itself a power, also with n in its exponent. */
function unbracketedPowers(formula: Formula): readonly Operation[] {
  if (formula.kind !== "operation" || formula.operator !== "^" || !isSum(formula.left)) return [];
  const { left: sum, right: exponent } = formula;
  const last = sum.right;
  const lasts = [power(last, exponent)];
  if (last.kind === "operation" && last.operator === "^") {
    lasts.push(power(last.left, power(last.right, exponent)));
    if (last.right.kind === "negate") lasts.push(power(last.left, negate(power(last.right.operand, exponent))));
  }
  return lasts.map((right) => ({ ...sum, right }));
}

/** `a - b*(c + d)` without its brackets, read from left to right: `(a - b*c) + d`; and `a - (b + c)`: `(a - b) + c`. */
function unbracketedTerm(part: Operation): readonly Formula[] {
  const { right } = part;
  if (isSum(right)) return [{ ...right, left: { ...part, right: right.left } }];
  if (right.kind !== "operation" || right.operator !== "*" || !isSum(right.right)) return [];
  const sum = right.right;
  return [{ ...sum, left: { ...part, right: multiply(right.left, sum.left) } }];
}
