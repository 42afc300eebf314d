import {
  derivative,
  type Formula,
  number,
  parseFormula,
  scripted,
  simplify,
  substitute,
  symbol,
  toText,
  typeset,
} from "../../formula/index.ts";
import { updateRule } from "../../train/index.ts";
import type { FormulaSubject } from "../formulas/formula-subject.ts";
import type { EquationRow } from "../prose/sheet-document.ts";
import { type Derived, equationRow } from "./derivation.ts";

/**
 * How the next value of a parameter follows from its update rule: the rule's equations in the question's letters, one after the other,
 * and then put into each other. Null where the question asks for something else.
 */
export function workedUpdate({ question, truth }: FormulaSubject): Derived | null {
  const { rule, ruleSymbols, asks } = question;
  const { judge } = truth();
  const parameterText = ruleSymbols["w"] ?? asks?.text.trim().replace(/^next\s+/, "");
  if (rule === null || parameterText === undefined || judge?.kind !== "scalar") return null;
  const { settings, scalars, state, update } = updateRule(rule);
  const read = (text: string): Formula => {
    const parsed = parseFormula(text.replace(/^(\p{L}+)_?([0-9]+)$/u, "$1_$2"));
    return parsed.kind === "symbol" ? symbol(parsed.name) : parsed;
  };
  const parameter = scripted(parameterText, [], null);
  const slope = derivative(scripted("C", [], null), parameter);
  // What each name of the rule is before its own equation; a setting that the question does not name has its default.
  const values = new Map<string, Formula>([
    ["w", parameter],
    ["g", slope],
    ["eta", symbol("eta")],
    ...Object.entries(settings).map(([name, value]): [string, Formula] => [name, number(value)]),
    ...Object.entries(ruleSymbols).map(([name, text]): [string, Formula] => [name, read(text)]),
  ]);
  const rows: EquationRow[] = [];
  const whole = new Map(values);
  for (const { name, formula } of [...scalars, ...state]) {
    const now = simplify(substitute(formula, values));
    const before = values.get(name) ?? symbol(name);
    whole.set(name, simplify(substitute(formula, whole)));
    if (toText(now) === toText(before)) continue;
    const called = name === "g" ? symbol("g") : read(ruleSymbols[name] ?? name);
    rows.push({ ...equationRow(typeset(called).notation, typeset(now).notation, "the rule"), relation: "becomes" });
    values.set(name, called);
  }
  const last = simplify(substitute(update, values));
  rows.push({ ...equationRow(typeset(parameter).notation, typeset(last).notation, "the rule"), relation: "becomes" });
  const total = simplify(substitute(update, whole));
  if (toText(total) !== toText(last)) rows.push(equationRow(null, typeset(total).notation, "with these put in"));
  return { rows, result: total };
}
