import type { FormulaError } from "../../errors.ts";
import { call, E, number, PI, symbol } from "../build.ts";
import { functions } from "../functions.ts";
import { greekNames } from "../print/greek.ts";
import { nearestName } from "../../tree/nearest-name.ts";
import {
  accept,
  counted,
  expect,
  fail,
  isOperator,
  type Language,
  nested,
  type Parser,
  peek,
  readArguments,
  unexpected,
} from "./parser.ts";
import { substitute } from "../structure.ts";
import type { Token } from "./tokenize.ts";
import type { Formula, FunctionName } from "../tree.ts";

/** A function given by a formula in its parameters: `f(z) = z/(1 + e^(-z))`. */
export interface DefinedFunction {
  readonly parameters: readonly string[];
  readonly body: Formula;
}

/** The names a plain formula may use. */
interface Names {
  /** With Greek letters spelled out; null when any name will do. */
  readonly symbols: readonly string[] | null;
  readonly functions: ReadonlyMap<string, DefinedFunction>;
}

/** Formulas of numbers, plain names and functions: those of files of equations and of the library itself. */
export function plainLanguage(names: Names): Language {
  return {
    readAtom: (parser) => readAtom(parser, names),
    startsFactor: (token) => token.kind === "name" || isOperator(token, "("),
    checkPower: () => {},
  };
}

function readAtom(parser: Parser, names: Names): Formula {
  const token = peek(parser);
  if (token.kind === "number") {
    parser.position += 1;
    return counted(parser, number(Number(token.text)));
  }
  if (token.kind === "name") {
    parser.position += 1;
    return counted(parser, readName(parser, token, names));
  }
  if (accept(parser, "(")) {
    const inner = nested(parser, parser.grammar.expression);
    expect(parser, ")");
    return inner;
  }
  throw unexpected(parser, token, 'a number, a name or "("');
}

function readName(parser: Parser, token: Token, { symbols, functions: defined }: Names): Formula {
  const name = token.text;
  if (name === "e") return E;
  if (name === "pi") return PI;
  const next = peek(parser);
  const isApplied = isOperator(next, "(");
  const own = defined.get(name);
  if (own !== undefined && isApplied) return readDefined(parser, token, own);
  if (symbols?.includes(name) === true) return symbol(name);
  const called = functionNamed.get(name);
  if (called !== undefined && isApplied) return readCall(parser, token, called);
  if (called !== undefined && (Object.hasOwn(functions, name) || symbols !== null)) {
    throw unexpected(parser, next, `"(" after the function ${name}`);
  }
  if (symbols !== null) throw unknownName(parser, token, isApplied, [symbols, defined]);
  if (isApplied && !isLetter(name)) throw unknownName(parser, token, true, [[], defined]);
  return symbol(name);
}

/** Whether a name reads as one letter, Latin or Greek, with or without an index. */
function isLetter(name: string): boolean {
  const stem = name.replace(/[0-9]*(?:_.*)?$/u, "");
  return Array.from(stem).length === 1 || Object.values(greekNames).includes(stem);
}

/** Functions by every name the parser takes for them. */
export const functionNamed: ReadonlyMap<string, FunctionName> = new Map(
  Object.entries(functions).flatMap(([name, { aliases }]) =>
    // as: the keys of the table are its FunctionName, which Object.entries widens
    [name, ...aliases].map((alias): [string, FunctionName] => [alias, name as FunctionName]),
  ),
);

/** True for every name that the parser takes for a function of the table, aliases included. */
export function isFunctionName(name: string): boolean {
  return functionNamed.has(name);
}

/** The body of a function given by a formula, with the arguments that follow in place of its parameters. */
export function readDefined(parser: Parser, token: Token, { parameters, body }: DefinedFunction): Formula {
  const parts = readArguments(parser, {
    token,
    name: functionNamed.get(token.text) ?? token.text,
    arity: parameters.length,
  });
  return substitute(body, new Map(parameters.map((name, i) => [name, parts[i] ?? body])));
}

/** A function of the table, applied to the arguments that follow. */
export function readCall(parser: Parser, token: Token, name: FunctionName): Formula {
  return call(name, ...readArguments(parser, { token, name, arity: functions[name].arity }));
}

function unknownName(
  parser: Parser,
  token: Token,
  isApplied: boolean,
  [symbols, defined]: readonly [readonly string[], ReadonlyMap<string, DefinedFunction>],
): FormulaError {
  const candidates = isApplied ? [...defined.keys(), ...functionNamed.keys(), ...symbols] : [...symbols, "e", "pi"];
  const nearest = nearestName(token.text, candidates);
  const expected = isApplied ? "a known function" : `one of ${[...symbols, "e", "pi"].join(", ")}`;
  const advice =
    nearest !== null
      ? `Did you mean ${nearest}?`
      : isApplied
        ? "Write * to multiply."
        : "Write * between the factors of a product, or use one of these names.";
  const what = isApplied ? "unknown function " : "";
  return fail(parser, token, { expected, got: `${what}"${token.text}"`, advice });
}
