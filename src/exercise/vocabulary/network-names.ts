import {
  call,
  type Formula,
  application,
  isFunctionName,
  rewriteFormula,
  spellGreek,
  type SymbolFormula,
} from "../../formula/index.ts";
import { functionNamed } from "../../formula/read/plain-language.ts";
import type { DeclaredSymbol, FormulaQuestion, Sheet } from "../sheet.ts";
import { patternParts } from "./question-vocabulary.ts";

/** What a sheet calls the network's cost, activation function and targets, where that is not C, f and t. */
export interface NetworkNames {
  /** The network's names by the sheet's own: `E` is `C`, `y` is `t`. */
  readonly symbols: ReadonlyMap<string, string>;
  /** The same of functions: `g` is `f`. */
  readonly functions: ReadonlyMap<string, string>;
}

const none: NetworkNames = { symbols: new Map(), functions: new Map() };

const saysTarget = /target|desired|wanted|label|expected|correct|truth|teacher|should/iu;
const saysOutput = /output|predict|activation|answer|computed|estimate/iu;
const saysCost = /\b(?:cost|loss|objective|error function)\b/iu;
const saysActivation = /activation/iu;

/** Letters that a cost has in books. */
const costLetters: readonly string[] = ["E", "J", "L"];

/**
 * The names of the network in a sheet, from its declarations. The cost is C; without C it is the plain symbol that is declared as a
 * cost or loss, or else E, J or L. The activation function is f; without f the function that is declared as one, or else the only one
 * without a formula. The target is t; without t it is what is declared as one, or else y. A y beside t, or declared as an
 * output or prediction, is the output.
 */
export function networkNames(sheet: Pick<Sheet, "symbols">, question: FormulaQuestion): NetworkNames {
  const declared = question.symbols ?? (question.given === null ? sheet.symbols : []);
  if (declared.length === 0) return none;
  const parts = declared.flatMap((symbol) => {
    const found = patternParts(symbol.text);
    return found === null ? [] : [{ ...found, meaning: symbol.meaning } satisfies Declared];
  });
  const symbols = new Map<string, string>();
  const cost = costName(parts);
  if (cost !== null) symbols.set(cost, "C");
  const target = targetName(parts);
  if (target !== null) symbols.set(target, "t");
  const activation = activationName(parts);
  return { symbols, functions: activation === null ? new Map() : new Map([[activation, "f"]]) };
}

interface Declared {
  readonly name: string;
  readonly below: string;
  readonly layer: string;
  readonly isFunction: boolean;
  readonly meaning: DeclaredSymbol["meaning"];
}

function costName(parts: readonly Declared[]): string | null {
  const plain = parts.filter(({ below, layer, isFunction }) => below === "" && layer === "" && !isFunction);
  if (plain.some(({ name }) => name === "C")) return null;
  const said = plain.find(({ meaning }) => saysCost.test(meaning));
  return (said ?? plain.find(({ name }) => costLetters.includes(name)))?.name ?? null;
}

function targetName(parts: readonly Declared[]): string | null {
  const quantities = parts.filter(({ layer, isFunction }) => layer === "" && !isFunction);
  if (quantities.some(({ name }) => name === "t")) return null;
  const said = quantities.find(({ name, meaning }) => saysTarget.test(meaning) && !usualNames.has(name));
  if (said !== undefined) return said.name;
  const y = quantities.find(({ name }) => name === "y");
  return y === undefined || saysOutput.test(y.meaning) ? null : "y";
}

/** Names that stand for something else, whatever their meaning says: "w_1: the desired weight". */
const usualNames: ReadonlySet<string> = new Set(["w", "b", "z", "a", "delta", "x", "n", "C", "eta", "e"]);

function activationName(parts: readonly Declared[]): string | null {
  const functions = parts.filter(({ isFunction }) => isFunction);
  if (functions.some(({ name }) => name === "f")) return null;
  const said = functions.filter(({ meaning }) => saysActivation.test(meaning));
  const unknown = functions.filter(({ name }) => !isFunctionName(name));
  const [only, more] = said.length > 0 ? said : unknown;
  return only === undefined || more !== undefined ? null : (functionNamed.get(only.name) ?? spellGreek(only.name));
}

/** A formula with the network's names in place of the sheet's own. */
export function inNetworkNames(formula: Formula, names: NetworkNames): Formula {
  return renamed(formula, names);
}

/** A formula with the sheet's own names in place of the network's. */
export function inSheetNames(formula: Formula, { symbols, functions }: NetworkNames): Formula {
  const turned = (map: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
    new Map([...map].map(([own, network]) => [network, own]));
  return renamed(formula, { symbols: turned(symbols), functions: turned(functions) });
}

function renamed(formula: Formula, { symbols, functions }: NetworkNames): Formula {
  if (symbols.size === 0 && functions.size === 0) return formula;
  const of = (symbol: SymbolFormula): SymbolFormula => {
    const name = symbols.get(symbol.name);
    return name === undefined ? symbol : { ...symbol, name };
  };
  return rewriteFormula(formula, (part) => {
    switch (part.kind) {
      case "symbol":
        return of(part);
      case "derivative":
        return { ...part, of: of(part.of), by: of(part.by) };
      case "call": {
        const name = functions.get(part.name);
        const [argument] = part.arguments;
        return name === undefined || argument === undefined ? part : application(name, argument);
      }
      case "application": {
        const name = functions.get(part.name);
        if (name === undefined) return part;
        const known = functionNamed.get(name);
        return known !== undefined && part.primes === 0 ? call(known, part.argument) : { ...part, name };
      }
      default:
        return part;
    }
  });
}

/** A message about the network in the sheet's own names: `t_j` becomes `y_j`, `f'` becomes `g'`. */
export function messageInSheetNames(message: string, { symbols, functions }: NetworkNames): string {
  let text = message;
  for (const [own, network] of [...symbols, ...functions]) {
    // A letter alone, with scripts or primes: no word of a sentence is C, f or t.
    text = text.replace(
      new RegExp(`(?<![\\p{L}\\p{N}_^'’])(partial|∂|d)?${network}(?![\\p{L}\\p{N}])`, "gu"),
      `$1${own}`,
    );
  }
  return text;
}
