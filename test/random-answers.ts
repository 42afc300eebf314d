import {
  add,
  type Formula,
  multiply,
  negate,
  number,
  divide,
  power,
  rewriteFormula,
  subtract,
  toLatex,
  toText,
  childrenOf,
  withChildren,
  type Summation,
} from "../src/formula/index.ts";

/** Whole numbers below a bound, the same for the same seed. */
export type Draw = (below: number) => number;

/** A small generator for tests: mulberry32. */
export function drawing(seed: number): Draw {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** What answers are made of: single characters, and larger pieces. */
const pieces: readonly string[] = [
  ...Array.from("zelLjkmwabCfnt0123456789+-*/^_()[]{}=<>,.'|! "),
  "e^(-z)",
  "a_k^(l-1)",
  "delta_j^l",
  "w_(kj)^(l+1)",
  "f'(z_j^l)",
  "(partialC)/(partiala_j^L)",
  "sum_k ",
  "sigma",
  "**",
  "\\frac{",
  "\\partial",
  "\\delta",
  "\\sum_{k}",
  "\\left(",
  "\\right)",
  "∂C/∂w_1",
  "δⱼˡ",
  "η",
  "−",
  "·",
  "²",
  "′",
  "Σ_k ",
  "eta",
  "w_1",
  "1/",
  "partial",
  "dC/d",
  "exp(",
  "max(",
  "tanh(",
  "^2",
  "_j",
  "^l",
  "^(l-1)",
  "n_l",
  "x",
  "?",
  ":",
  "\u0000",
  "😀",
  "\n",
];

/** A string of pieces that answers are made of, in any order. */
export function randomText(draw: Draw): string {
  return Array.from({ length: 1 + draw(24) }, () => pieces[draw(pieces.length)] ?? "").join("");
}

/** A text with a few characters or pieces lost, doubled, exchanged, put in, or part of another text. */
export function mutatedText(texts: readonly string[], draw: Draw): string {
  let text = texts[draw(texts.length)] ?? "";
  for (let i = draw(4); i >= 0; i -= 1) {
    const at = draw(text.length + 1);
    const other = texts[draw(texts.length)] ?? "";
    const changes = [
      () => text.slice(0, at) + text.slice(at + 1 + draw(3)),
      () => text.slice(0, at) + (pieces[draw(pieces.length)] ?? "") + text.slice(at),
      () => text.slice(0, at) + text.slice(at, at + 4) + text.slice(at),
      () => text.slice(0, at) + other.slice(draw(other.length + 1)),
      () => text.slice(0, at) + (text[at + 1] ?? "") + (text[at] ?? "") + text.slice(at + 2),
    ];
    text = changes[draw(changes.length)]?.() ?? text;
  }
  return text;
}

/**
 * A formula that is equal to another, however it is written: factors and terms commuted, products distributed, halves
 * added up, signs moved, dummies renamed, things multiplied by 1.
 */
export function rewritten(formula: Formula, draw: Draw): Formula {
  const changed = rewriteFormula(formula, (part) => {
    const rule = draw(9);
    if (part.kind === "sum" && rule < 5) return renamedDummy(part, ["i", "m", "p", "q"][draw(4)] ?? "i");
    if (part.kind !== "operation") return rule === 0 && part.kind !== "number" ? aroundPart(part, draw) : part;
    const { operator, left, right } = part;
    if (operator === "*" && rule < 4) return multiply(right, left);
    if (operator === "*" && rule === 4 && right.kind === "operation" && right.operator === "+") {
      return add(multiply(left, right.left), multiply(left, right.right));
    }
    if (operator === "*" && rule === 5) return negate(multiply(negate(left), right));
    if (operator === "+" && rule < 4) return add(right, left);
    if (operator === "-" && rule < 3) return add(left, negate(right));
    if (operator === "-" && rule === 3) return negate(subtract(right, left));
    if (operator === "/" && rule < 3) return multiply(left, power(right, negate(number(1))));
    if (operator === "/" && rule === 3) return divide(multiply(number(3), left), multiply(right, number(3)));
    return rule === 8 ? aroundPart(part, draw) : part;
  });
  return draw(4) === 0 ? rewritten(changed, draw) : changed;
}

function aroundPart(part: Formula, draw: Draw): Formula {
  const changes = [
    () => add(divide(part, number(2)), divide(part, number(2))),
    () => negate(negate(part)),
    () => multiply(number(1), part),
    () => subtract(add(part, number(2)), number(2)),
    () => divide(multiply(part, number(4)), number(4)),
  ];
  return changes[draw(changes.length)]?.() ?? part;
}

function renamedDummy(sum: Summation, name: string): Formula {
  const hasName = (part: Formula): boolean =>
    (part.kind === "symbol" && part.indices.some((index) => index.kind === "symbol" && index.name === name)) ||
    (part.kind === "sum" && part.index === name) ||
    childrenOf(part).some(hasName);
  if (hasName(sum)) return sum;
  const renamed = (part: Formula): Formula => {
    if (part.kind === "symbol") {
      const indices = part.indices.map((index): Formula =>
        index.kind === "symbol" && index.name === sum.index ? { ...index, name } : index,
      );
      return { ...part, indices };
    }
    if (part.kind === "derivative") {
      // as: a symbol with other indices is a symbol
      return { ...part, of: renamed(part.of) as typeof part.of, by: renamed(part.by) as typeof part.by };
    }
    return withChildren(part, childrenOf(part).map(renamed));
  };
  return { ...sum, index: name, body: renamed(sum.body) };
}

/** A formula as text, in one of the ways to type it. */
export function typedSomehow(formula: Formula, draw: Draw): string {
  const text = toText(formula);
  const ways = [
    () => text,
    () => toLatex(formula),
    () => text.replaceAll(" ", ""),
    () => text.replaceAll("*", " · ").replaceAll("-", "−"),
    () => text.replaceAll("delta", "δ").replaceAll("partial", "∂").replaceAll("'", "′"),
  ];
  return ways[draw(ways.length)]?.() ?? text;
}
