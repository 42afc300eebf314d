import { FormulaError } from "../../errors.ts";
import {
  type DefinedFunction,
  isFunctionName,
  parseFormula,
  type ScriptedQuantity,
  spellGreek,
  type Vocabulary,
} from "../../formula/index.ts";
import { activationNames } from "../../network/index.ts";
import type { FormulaQuestion, Given, Located, NumberQuestion, Sheet } from "../sheet.ts";
import { indexLetters, layerLetters, namesOfLayers } from "./textbook-vocabulary.ts";

/** What a sheet that declares no symbols has: the textbook's. */
const TEXTBOOK: readonly string[] = ["w_jk^l", "b_j^l", "z_j^l", "a_j^l", "delta_j^l", "t_j", "f(z)", "C", "n_l"];

/** A declaration that says no symbol: it fits none of the patterns. */
export function isDeclaration(pattern: string): boolean {
  return patternParts(pattern) !== null;
}

/** A declaration in its parts. */
export interface PatternParts {
  readonly name: string;
  readonly below: string;
  readonly layer: string;
  readonly isFunction: boolean;
}

/** `w_jk^l`, `w_(jk)^(l-1)`, `t_j`, `n_l`, `w_1`, `eta`, `f(z)`, `C_x`, `h1in` */
export function patternParts(pattern: string): PatternParts | null {
  const text = spellGreek(pattern.replaceAll(/[\s\\]/g, ""))
    .replaceAll("{", "(")
    .replaceAll("}", ")");
  const applied = /^(\p{L}+)'?\(\p{L}[\p{L}0-9_]*\)$/u.exec(text);
  if (applied !== null) return { name: applied[1] ?? "", below: "", layer: "", isFunction: true };
  const found = /^(\p{L}+)(?:_\(?([\p{L}0-9,]+)\)?)?(?:\^\(?([\p{L}0-9+-]+)\)?)?$/u.exec(text);
  if (found === null) {
    const joined = /^(\p{L}+)([0-9]+)$/u.exec(text);
    if (joined !== null) return { name: joined[1] ?? "", below: joined[2] ?? "", layer: "", isFunction: false };
    // As files of equations have them: h1in.
    return /^\p{L}[\p{L}0-9_]*$/u.test(text) ? { name: text, below: "", layer: "", isFunction: false } : null;
  }
  const [, name = "", below = "", layer = ""] = found;
  return { name, below: below.replaceAll(",", ""), layer, isFunction: false };
}

interface Names {
  readonly scalars: Set<string>;
  readonly quantities: Map<string, ScriptedQuantity>;
  readonly widths: Set<string>;
  readonly functions: Set<string>;
}

function declare(pattern: string, names: Names): void {
  const parts = patternParts(pattern);
  if (parts === null) return;
  const { name, below, layer, isFunction } = parts;
  const isIndexed = below !== "" && Array.from(below).every((letter) => indexLetters.includes(letter));
  if (isFunction) {
    // Functions of the formula language need no declaration, and have a formula.
    if (!isFunctionName(name)) names.functions.add(name);
  } else if (below !== "" && layer === "" && layerLetters.includes(below.charAt(0))) names.widths.add(name);
  else if (isIndexed) {
    names.quantities.set(name, { name, indices: Array.from(below).length, hasLayer: layer !== "" });
  } else if (below === "" && isLayerPattern(name, layer)) {
    names.quantities.set(name, { name, indices: 0, hasLayer: true });
  } else names.scalars.add(below === "" ? name : `${name}_${below}`);
}

/** Whether what stands above a name is its layer: `a^l`, `a^(L-1)`, and `a^1` of what each layer has. */
function isLayerPattern(name: string, layer: string): boolean {
  if (layer === "") return false;
  return layerLetters.includes(layer.charAt(0)) || (/^[0-9]+$/u.test(layer) && namesOfLayers.includes(name));
}

/** What an answer to a question may be typed with: its own symbols, else those of what is given, else the sheet's. */
export function vocabularyOf(
  { symbols }: Pick<Sheet, "symbols">,
  question: FormulaQuestion | NumberQuestion,
  defined: Vocabulary["defined"],
): Vocabulary {
  const names: Names = { scalars: new Set(), quantities: new Map(), widths: new Set(), functions: new Set() };
  const own = question.kind === "formula" ? question.symbols : null;
  const patterns = own?.map(({ text }) => text) ?? inheritedPatterns(symbols, question.given);
  for (const pattern of patterns) declare(pattern, names);
  const argument = own === null ? argumentAsked(question, defined) : null;
  if (argument !== null) {
    names.quantities.delete(argument);
    names.scalars.add(argument);
  }
  return {
    scalars: [...names.scalars],
    quantities: [...names.quantities.values()],
    widths: [...names.widths],
    indices: indexLetters,
    layers: layerLetters,
    functions: [...new Set([...names.functions, ...activationsIn(textsOf(question))])],
    defined,
  };
}

/** The letter of a function with a formula that is asked: z of `sigma'(z)`, which is then no z of a network. */
function argumentAsked({ asks }: FormulaQuestion | NumberQuestion, defined: Vocabulary["defined"]): string | null {
  const [, name = "", letter] = /^\s*(\p{L}+)\s*['′’]*\s*\(\s*(\p{L})\s*\)\s*$/u.exec(asks?.text ?? "") ?? [];
  const word = spellGreek(name);
  const isKnown = isFunctionName(word) || activationFunctions.includes(word) || defined.has(word);
  return letter !== undefined && isKnown ? spellGreek(letter) : null;
}

/** Activations that are no functions of the formula language: `elu`, `gelu`. They act on one number each. */
export const activationFunctions: readonly string[] = activationNames.filter(
  (name) => name !== "softmax" && !isFunctionName(name),
);

/** Those that a text speaks of: what a question calls by name, its answers may, too. */
export function activationsIn(text: string): readonly string[] {
  return activationFunctions.filter((name) => new RegExp(`(?<!\\p{L})${name}\\s*['′’(]`, "u").test(text));
}

function textsOf(question: FormulaQuestion | NumberQuestion): string {
  const terms = question.kind === "formula" ? (question.terms ?? []) : [];
  return [question.text, question.asks, question.key, ...terms].map((each) => each?.text ?? "").join(" ");
}

function inheritedPatterns(symbols: Sheet["symbols"], given: Given | null): readonly string[] {
  if (given === null) return symbols.length === 0 ? TEXTBOOK : symbols.map(({ text }) => text);
  if (given.network !== null) return [...TEXTBOOK, "x_k", "y_j"];
  const { equations, given: values, parameters } = given.system;
  return [...equations.map(({ name }) => name), ...Object.keys(values), ...Object.keys(parameters)];
}

/**
 * Functions that a sheet gives formulas for, `swish(z) = z/(1 + e^(-z))`, each of which may use those before it. One that cannot
 * be read is left out; the linter says so.
 */
export function definedFunctions(lines: readonly Located[]): ReadonlyMap<string, DefinedFunction> {
  const functions = new Map<string, DefinedFunction>();
  for (const { text } of lines) {
    const read = readFunction(text, functions);
    if (read !== null) functions.set(read.name, read);
  }
  return functions;
}

/** A line `name(parameter) = formula`; null when it is none. */
function readFunction(
  text: string,
  before: ReadonlyMap<string, DefinedFunction>,
): (DefinedFunction & { readonly name: string }) | null {
  const [, name = "", list = "", right] = FUNCTION.exec(text) ?? [];
  if (right === undefined) return null;
  const parameters = parametersOf(list);
  try {
    return {
      name: spellGreek(name),
      parameters,
      body: parseFormula(right, { symbols: parameters, functions: before }),
    };
  } catch (error) {
    if (error instanceof FormulaError) return null;
    throw error;
  }
}

const FUNCTION = /^\s*(\p{L}+)\s*\(([^()]*)\)\s*=([^=].*)$/su;

function parametersOf(list: string): readonly string[] {
  return list.split(",").map((each) => spellGreek(each.trim()));
}

/** Why such a line cannot be read, for its author; null when it can. */
export function functionMistake(text: string, known: ReadonlyMap<string, DefinedFunction>): string | null {
  const [, , list = "", right] = FUNCTION.exec(text) ?? [];
  if (right === undefined) return "Write name(parameter) = formula.";
  try {
    parseFormula(right, { symbols: parametersOf(list), functions: known });
    return null;
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    const reason = error.reason;
    return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}`;
  }
}
