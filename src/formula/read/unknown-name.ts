import { type Dictionary, keyOf } from "./dictionary.ts";
import { nearestName } from "../../tree/nearest-name.ts";
import { fail, isOperator, type Parser, peek, typedAt } from "./parser.ts";
import { functionNamed } from "./plain-language.ts";
import { patternOf } from "./read-scripts.ts";
import type { Token } from "./tokenize.ts";

/** The error of a scalar of the vocabulary with another subscript than it has. */
export function unknownSubscript(parser: Parser, { scalars }: Dictionary, token: Token): Error {
  const stemOf = (name: string): string | undefined => keyOf(name).split("_")[0];
  const names = [...scalars.values()].filter((name) => stemOf(name) === stemOf(token.text));
  const hasSubscript = isOperator(peek(parser, 1), "_");
  const end = hasSubscript ? peek(parser, 2).end : token.end;
  const got = parser.text.slice(token.start, end);
  const advice =
    names.length === 1 && hasSubscript ? `${names.join("")} has no other subscript.` : "Use a name of the question.";
  return fail(
    parser,
    { start: token.start, end },
    { expected: `${names.length === 1 ? "" : "one of "}${names.join(", ")}`, got: `"${got}"`, advice },
  );
}

/** Names of the vocabulary as they are written, for messages. */
function writtenNames({ scalars, vocabulary }: Dictionary): readonly string[] {
  const own = [...vocabulary.functions, ...vocabulary.defined.keys()];
  return [
    ...scalars.values(),
    ...[...vocabulary.quantities].map(patternOf),
    ...vocabulary.widths.map((name) => `${name}_l`),
    ...own.map((name) => `${name}(…)`),
    "e",
  ];
}

/** Of names as near as each other, the one as long as what was typed is meant: two letters are easily swapped. */
function closestInLength(names: readonly string[], typed: string): readonly string[] {
  const difference = (name: string): number => Math.abs(name.length - typed.length);
  return names.toSorted((left, right) => difference(left) - difference(right));
}

/** The error of a name that is none of the vocabulary. */
export function unknownName(parser: Parser, dictionary: Dictionary, token: Token): Error {
  const { vocabulary, scalars, quantities, widths, functions: own } = dictionary;
  const bare = [...scalars.values(), ...quantities.keys(), ...widths, ...own, ...functionNamed.keys(), "pi", "sum"];
  const isScript = vocabulary.indices.includes(token.text) || vocabulary.layers.includes(token.text);
  const otherCase = bare.find((name) => name.toLowerCase() === token.text.toLowerCase());
  const nearest = otherCase ?? nearestName(token.text, closestInLength(bare, token.text));
  const advice = /^[Oo][0-9]*$/u.test(token.text)
    ? "Did you mean the digit 0?"
    : /^[lI][0-9]*$/u.test(token.text) && (!isScript || quantities.size === 0)
      ? "Did you mean the digit 1?"
      : isScript
        ? `${token.text} stands in scripts only, as in ${vocabulary.layers.includes(token.text) ? "a_k^l" : "a_k"}.`
        : nearest !== null
          ? `Did you mean ${nearest}?`
          : "Write * between the factors of a product, or use one of these names.";
  const isApplied = isOperator(peek(parser, 1), "(") && token.text.length > 1;
  const what = isApplied ? "unknown function " : "";
  return fail(parser, token, {
    expected: `one of ${writtenNames(dictionary).join(", ")}`,
    got: `${what}${typedAt(parser, token)}`,
    advice,
  });
}
