import { derivativeInOwnTerms } from "../../explain/function/own-form.ts";
import {
  add,
  application,
  derivative,
  differentiate,
  type Formula,
  multiply,
  type Notation,
  number,
  row,
  scripted,
  sign,
  simplify,
  substitute,
  subtract,
  summation,
  symbol,
  type SymbolFormula,
  toText,
  typeset,
} from "../../formula/index.ts";
import { activation, cost } from "../../network/index.ts";
import type { FormulaSubject } from "../formulas/formula-subject.ts";
import type { FormulaQuestion } from "../sheet.ts";
import { readMaths } from "../prose/maths.ts";
import { textbookVocabularies } from "../prose/prose-vocabulary.ts";
import type { EquationRow } from "../prose/sheet-document.ts";
import { type Derived, equationRow, partialNotation } from "./derivation.ts";

/**
 * How an error, or a derivative of the cost, follows from what a network is: `z_j^l = Σ_k w_jk^l a_k^(l-1) + b_j^l` and
 * `a_j^l = f(z_j^l)`. First the way from the quantity to the cost, then the chain rule over it, then each factor; the last factor is
 * the error δ of the next weighted input, which is `∂C/∂z` by definition, or the slope of the cost. Null where the question asks for
 * something else.
 */
export function workedNetwork({ question, truth }: FormulaSubject): Derived | null {
  const { asked, judge } = truth();
  if (asked === null || judge?.kind !== "network") return null;
  const by = quantityOf(asked);
  if (by === null) return null;
  const [j = symbol("j")] = by.indices;
  const layer = by.layer ?? symbol("l");
  const isLast = toText(layer) === "L";
  const where: Where = { question, j, other: otherLetter(by), layer, isLast };
  switch (by.name) {
    case "w":
    case "b":
      return parameterRows(asked, by, where);
    case "z":
      return errorRows(asked, by, where);
    case "a":
      return isLast ? outputSlope(asked, by, where) : activationRows(by, where);
    default:
      return null;
  }
}

const COST = scripted("C", [], null);

interface Where {
  readonly question: FormulaQuestion;
  readonly j: Formula;
  /** The letter that sums run over. */
  readonly other: Formula;
  readonly layer: Formula;
  readonly isLast: boolean;
}

/** What the cost is differentiated with respect to; δ is ∂C/∂z. */
function quantityOf(asked: Formula): SymbolFormula | null {
  if (asked.kind === "derivative" && asked.of.name === "C") return asked.by;
  return asked.kind === "symbol" && asked.name === "delta" ? scripted("z", asked.indices, asked.layer) : null;
}

function otherLetter({ indices }: SymbolFormula): Formula {
  const used = indices.map(toText);
  const [, second] = indices;
  const free = ["k", "j", "i", "m"].find((letter) => !used.includes(letter)) ?? "p";
  return second ?? symbol(free);
}

function parameterRows(asked: Formula, by: SymbolFormula, { j, other, layer }: Where): Derived {
  const z = scripted("z", [j], layer);
  const k = toText(other);
  const before = shifted(layer, -1);
  const slope = by.name === "b" ? number(1) : scripted("a", [other], before);
  const rows = [
    equationRow(
      shown(z),
      maths(
        `sum_${k} w_(${toText(j)},${k})^(${toText(layer)})*a_${k}^(${toText(before)}) + b_(${toText(j)})^(${toText(layer)})`,
      ),
      "in which it stands",
    ),
    equationRow(shown(asked), product(slopeOfCost(z), partialNotation(shown(z), shown(by))), "the chain rule"),
    equationRow(partialNotation(shown(z), shown(by)), shown(slope)),
    equationRow(slopeOfCost(z), shown(errorOf(z)), "by definition"),
    equationRow(shown(asked), by.name === "b" ? shown(errorOf(z)) : product(shown(slope), shown(errorOf(z)))),
  ];
  return { rows, result: by.name === "b" ? errorOf(z) : multiply(slope, errorOf(z)) };
}

function errorRows(asked: Formula, z: SymbolFormula, where: Where): Derived | null {
  const { question, j, layer, isLast, other } = where;
  const a = scripted("a", [j], layer);
  const isSoftmax = isLast && question.outputActivation === "softmax";
  if (isSoftmax) return softmaxRows(asked, z, where);
  const f = isLast ? question.outputActivation : question.activation;
  const slopeOfF = activationSlope(f, z, a);
  const rows: EquationRow[] = [];
  if (asked.kind === "symbol") rows.push(equationRow(shown(asked), slopeOfCost(z), "by definition"));
  rows.push(
    equationRow(
      slopeOfCost(z),
      product(slopeOfCost(a), partialNotation(shown(a), shown(z))),
      "the chain rule, through the activation",
    ),
  );
  rows.push(equationRow(partialNotation(shown(a), shown(z)), prime(z)));
  if (slopeOfF !== null) rows.push(equationRow(null, shown(slopeOfF), `for ${f === "relu" ? "ReLU" : f}`));
  const factorFormula = slopeOfF ?? application("f", z, 1);
  const factor = slopeOfF === null ? prime(z) : enclosed(slopeOfF);
  if (isLast) {
    const slope = costSlope(question, a);
    if (slope !== null) rows.push(equationRow(slopeOfCost(a), shown(slope), "the slope of the cost"));
    rows.push(equationRow(shown(asked), product(slope === null ? slopeOfCost(a) : enclosed(slope), factor)));
    const whole = multiply(slope ?? derivative(COST, a), factorFormula);
    const short = simplify(whole);
    if (slope !== null && slopeOfF !== null) rows.push(equationRow(null, shown(short)));
    return { rows, result: slope !== null && slopeOfF !== null ? short : whole };
  }
  rows.push(...waysForward(a, where));
  const sum = sumOver(other, product(shown(weightForward(where)), shown(errorOf(nextInput(where)))));
  rows.push(equationRow(shown(asked), row(inParentheses(sum), sign("times"), factor)));
  return { rows, result: multiply(sumForward(where), factorFormula) };
}

function activationRows(a: SymbolFormula, where: Where): Derived {
  return { rows: waysForward(a, where), result: sumForward(where) };
}

/** `∂C/∂a_j^L`: of the cost's terms, only that of the output j has it. */
function outputSlope(asked: Formula, a: SymbolFormula, { question, j }: Where): Derived | null {
  const slope = costSlope(question, a);
  if (slope === null || question.cost === "general") return null;
  const t = scripted("t", a.indices, null);
  const term = substitute(
    cost(question.cost).formula,
    new Map<string, Formula>([
      ["a", a],
      ["t", t],
    ]),
  );
  const rows = [
    equationRow({ kind: "identifier", name: "C" }, sumOver(j, enclosed(term)), "one term has it"),
    equationRow(shown(asked), shown(slope)),
  ];
  return { rows, result: slope };
}

/** `Σ_k w_kj^(l+1) δ_k^(l+1)` */
function sumForward(where: Where): Formula {
  return summation(toText(where.other), multiply(weightForward(where), errorOf(nextInput(where))));
}

/** `∂C/∂a` of a layer before the last: through every weighted input of the next. */
function waysForward(a: SymbolFormula, where: Where): readonly EquationRow[] {
  const next = nextInput(where);
  const w = weightForward(where);
  const rule = product(slopeOfCost(next), partialNotation(shown(next), shown(a)));
  const result = product(shown(w), shown(errorOf(next)));
  return [
    equationRow(slopeOfCost(a), sumOver(where.other, rule), "the chain rule, through the layer after it"),
    equationRow(partialNotation(shown(next), shown(a)), shown(w)),
    equationRow(slopeOfCost(next), shown(errorOf(next)), "by definition"),
    equationRow(slopeOfCost(a), sumOver(where.other, result)),
  ];
}

/** Softmax: a weighted input reaches the cost through every output. Null for another cost than the one it belongs to. */
function softmaxRows(asked: Formula, z: SymbolFormula, where: Where): Derived | null {
  const { question, j, other, layer } = where;
  const k = scripted("a", [other], layer);
  const a = scripted("a", [j], layer);
  const slope = costSlope(question, k);
  const [jText, kText] = [toText(j), toText(other)];
  const indicator: Notation = { kind: "fenced", fence: "brackets", inner: maths(`${kText} = ${jText}`) };
  const local = product(shown(k), inParentheses(row(indicator, sign("minus"), shown(a))));
  const rows = [
    ...(asked.kind === "symbol" ? [equationRow(shown(asked), slopeOfCost(z), "by definition")] : []),
    equationRow(
      slopeOfCost(z),
      sumOver(other, product(slopeOfCost(k), partialNotation(shown(k), shown(z)))),
      "the chain rule, through every output",
    ),
    equationRow(partialNotation(shown(k), shown(z)), local, "[ ] is 1 where it holds, else 0"),
  ];
  if (slope === null || question.cost !== "crossEntropy") return null;
  rows.push(equationRow(slopeOfCost(k), shown(slope), "the slope of the cost"));
  const t = scripted("t", [other], null);
  rows.push(
    equationRow(
      shown(asked),
      row(sign("negative"), sumOver(other, product(shown(t), inParentheses(row(indicator, sign("minus"), shown(a)))))),
    ),
  );
  rows.push(
    equationRow(
      null,
      row(
        sign("negative"),
        shown(scripted("t", [j], null)),
        sign("plus"),
        shown(a),
        sign("times"),
        sumOver(other, shown(t)),
      ),
    ),
  );
  rows.push(equationRow(null, shown(subtract(a, scripted("t", [j], null))), "as the targets add up to 1"));
  return { rows, result: subtract(a, scripted("t", [j], null)) };
}

// Parts -------------------------------------------------------------------------------------------------------------

function nextInput({ other, layer }: Where): SymbolFormula {
  return scripted("z", [other], shifted(layer, 1));
}

function weightForward({ other, j, layer }: Where): SymbolFormula {
  return scripted("w", [other, j], shifted(layer, 1));
}

function errorOf(z: SymbolFormula): SymbolFormula {
  return scripted("delta", z.indices, z.layer);
}

/** `l + 1`, `L - 1`, and `L` for the layer after that. */
function shifted(layer: Formula, by: 1 | -1): Formula {
  return simplify(by === 1 ? add(layer, number(1)) : subtract(layer, number(1)));
}

/** In the activation itself, `a (1 - a)`, where there is such a form, else in z; null for any activation. */
function activationSlope(name: FormulaQuestion["activation"], z: SymbolFormula, a: SymbolFormula): Formula | null {
  if (name === "general" || name === "softmax") return null;
  const { formula } = activation(name) as { readonly formula: Formula }; // as: all but softmax act on one number
  const own = derivativeInOwnTerms(formula, "z", "a");
  const found = own ?? simplify(differentiate(formula, "z"));
  return substitute(
    found,
    new Map<string, Formula>([
      ["a", a],
      ["z", z],
    ]),
  );
}

/** The derivative of the cost with respect to one output; null for any cost, and for a mean over the outputs. */
function costSlope({ cost: name }: FormulaQuestion, a: SymbolFormula): Formula | null {
  if (name === "general") return null;
  const { formula, over } = cost(name);
  if (over === "mean") return null;
  const t = scripted("t", a.indices, null);
  return substitute(
    simplify(differentiate(formula, "a")),
    new Map<string, Formula>([
      ["a", a],
      ["t", t],
    ]),
  );
}

function shown(formula: Formula): Notation {
  return typeset(formula).notation;
}

function maths(text: string): Notation {
  return readMaths(text, textbookVocabularies);
}

function slopeOfCost(by: SymbolFormula): Notation {
  return partialNotation({ kind: "identifier", name: "C" }, shown(by));
}

/** `f′(z)` */
function prime(z: SymbolFormula): Notation {
  return row(
    { kind: "scripts", base: { kind: "identifier", name: "f" }, below: null, above: sign("prime") },
    sign("apply"),
    inParentheses(shown(z)),
  );
}

function product(left: Notation, right: Notation): Notation {
  return row(left, sign("dot"), right);
}

function sumOver(index: Formula, body: Notation): Notation {
  return { kind: "sum", index: shown(index), body };
}

function inParentheses(inner: Notation): Notation {
  return { kind: "fenced", fence: "parentheses", inner };
}

function enclosed(formula: Formula): Notation {
  const factor = typeset(multiply(symbol("u"), symbol("v"))).level;
  const { notation, level } = typeset(formula);
  return level < factor ? inParentheses(notation) : notation;
}
