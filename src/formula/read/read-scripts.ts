import { add, negate, number, subtract, symbol } from "../build.ts";
import { cutRun, type Dictionary } from "./dictionary.ts";
import { accept, counted, expect, fail, isOperator, nested, type Parser, peek, typedAt } from "./parser.ts";
import { scripted } from "./textbook.ts";
import type { Token } from "./tokenize.ts";
import type { Formula, SymbolFormula } from "../tree.ts";
import type { ScriptedQuantity } from "./vocabulary.ts";

/** How a quantity is written, for messages: `w_jk^l`. */
export function patternOf({ name, indices, hasLayer }: ScriptedQuantity): string {
  const letters = ["j", "k", "m", "p"].slice(0, indices).join("");
  return `${name}${letters === "" ? "" : `_${letters}`}${hasLayer ? "^l" : ""}`;
}

/** Cuts the next token, a name, after `length` of its characters. */
export function cutToken(parser: Parser, length: number): void {
  const { text } = peek(parser);
  if (length > 0 && length < text.length) cutTokenInto(parser, [text.slice(0, length), text.slice(length)]);
}

/** Cuts the next token, a name, into these pieces of it. */
export function cutTokenInto(parser: Parser, pieces: readonly string[]): void {
  const token = peek(parser);
  // Letters that were typed in another way have no places of their own.
  const isAsTyped = token.end - token.start === token.text.length;
  let at = token.start;
  const tokens = pieces.map((text, i): Token => {
    const start = isAsTyped ? at : token.start;
    at += text.length;
    const kind = i > 0 && /^[0-9]+$/u.test(text) ? "number" : "name";
    return { kind, text, start, end: isAsTyped ? at : token.end };
  });
  parser.tokens.splice(parser.position, 1, ...tokens);
}

/** How many tokens on a script ends that starts `ahead` tokens on: an atom, or what is in brackets. */
export function endOfScript(parser: Parser, ahead: number): number {
  let at = ahead;
  let open = 0;
  do {
    const token = peek(parser, at);
    if (token.kind === "end") return at;
    if (isOperator(token, "(")) open += 1;
    if (isOperator(token, ")")) open -= 1;
    at += 1;
  } while (open > 0);
  return at;
}

/** The scripts of a quantity whose name was read at `token`: indices after `_`, the layer after `^`, in either order. */
export function readQuantity(
  parser: Parser,
  dictionary: Dictionary,
  { quantity, token }: { quantity: ScriptedQuantity; token: Token },
): SymbolFormula {
  let indices: readonly Formula[] | null = null;
  let layer: Formula | null = null;
  for (;;) {
    const next = peek(parser);
    if (isOperator(next, "_")) {
      if (indices !== null) throw wrongScripts(parser, next, quantity, `a second "_"`);
      if (quantity.indices === 0) throw wrongScripts(parser, next, quantity, "an index");
      parser.position += 1;
      indices = readIndices(parser, dictionary, quantity.indices);
    } else if (isOperator(next, "^") && quantity.hasLayer) {
      if (dictionary.vocabulary.areWholesRead === true && endOfTransposition(parser) > 0) break;
      if (layer !== null) {
        throw fail(parser, next, {
          expected: `one "^" after ${quantity.name}, its layer`,
          got: "a second",
          advice: `Put the quantity in brackets to raise it to a power: (${patternOf(quantity)})^2.`,
        });
      }
      parser.position += 1;
      layer = readLayer(parser, dictionary, quantity);
    } else break;
  }
  const count = indices?.length ?? 0;
  const end = parser.tokens[parser.position - 1]?.end ?? token.end;
  const isWhole = count === 0 && quantity.indices > 0 && dictionary.vocabulary.areWholesRead === true;
  if (count !== quantity.indices && !isWhole) {
    const whole = quantity.indices === 1 ? "vector" : "matrix";
    const plural = quantity.indices === 1 ? "index" : "indices";
    const advice =
      count === 0
        ? `Without, it is the whole ${whole}: give its ${plural}, ${patternOf(quantity)}.`
        : count > quantity.indices
          ? `Write ${patternOf(quantity)}, with * before another factor.`
          : `Give its ${plural}, ${patternOf(quantity)}.`;
    const got = count === 0 ? "none" : String(count);
    throw fail(
      parser,
      { start: token.start, end },
      {
        expected: `${quantity.indices === 0 ? "no index" : `${quantity.indices} ${plural}`} of ${quantity.name}`,
        got,
        advice,
      },
    );
  }
  return counted(parser, scripted(quantity.name, indices ?? [], layer));
}

function wrongScripts(parser: Parser, token: Token, quantity: ScriptedQuantity, got: string): Error {
  return fail(parser, token, {
    expected: `the scripts of ${quantity.name} once, as in ${patternOf(quantity)}`,
    got,
    advice: "Remove one.",
  });
}

/** Indices after `_`: the longest run of index letters and digits up to `most`, or those in brackets. */
function readIndices(parser: Parser, dictionary: Dictionary, most: number): readonly Formula[] {
  const indices: Formula[] = [];
  if (isOperator(peek(parser), "(")) {
    nested(parser, () => readIndexList(parser, dictionary, { most, indices }));
    return indices;
  }
  for (;;) {
    readIndexRun(parser, dictionary, { most, indices });
    // w_j,k and w_3,12, as quantities are called in tables of values: no blank around the comma.
    const comma = peek(parser);
    const before = parser.tokens[parser.position - 1];
    const isTight = comma.start === before?.end && peek(parser, 1).start === comma.end;
    const goesOn =
      isOperator(comma, ",") && isTight && indices.length < most && isIndexStart(peek(parser, 1), dictionary);
    if (!goesOn) return indices;
    parser.position += 1;
  }
}

function isIndexStart(token: Token, { indices }: Dictionary): boolean {
  return (
    token.kind === "number" ||
    (token.kind === "name" && (indices.has(token.text.charAt(0)) || /^[0-9]/u.test(token.text)))
  );
}

interface Indices {
  readonly most: number;
  readonly indices: Formula[];
}

/** Letters and digits without brackets; what comes after the last index is left as a name of its own. */
function readIndexRun(parser: Parser, dictionary: Dictionary, { most, indices }: Indices): void {
  const token = peek(parser);
  if (token.kind !== "name" && token.kind !== "number") throw noIndex(parser, token, dictionary);
  let length = 0;
  while (length < token.text.length && indices.length < most) {
    const digits = /^[0-9]+/u.exec(token.text.slice(length))?.[0];
    const index = token.text.charAt(length);
    if (digits !== undefined) {
      pushDigits(parser, token, digits, { most, indices });
      length += digits.length;
    } else if (dictionary.indices.has(index)) {
      indices.push(symbol(index));
      length += 1;
    } else break;
  }
  if (length === 0) throw noIndex(parser, token, dictionary);
  cutToken(parser, length);
  parser.position += 1;
  // One more than there may be, so that the count says so; a_ky is a_k·y.
  const [next = "", ...others] = Array.from(token.text.slice(length));
  const isIndexToo = [next, ...others].every((each) => dictionary.indices.has(each) || /^[0-9]$/u.test(each));
  if (next !== "" && isIndexToo && cutRun(dictionary, next + others.join("")) === null) {
    indices.push(symbol(next));
    parser.position += 1;
  }
}

/** As many digits as indices are left are one each, `w_12`; for a single index they are one number, `a_12`. */
function pushDigits(parser: Parser, token: Token, digits: string, { most, indices }: Indices): void {
  const left = most - indices.length;
  if (left === 1) indices.push(number(Number(digits)));
  else if (digits.length <= left) indices.push(...Array.from(digits, (digit) => number(Number(digit))));
  else {
    throw fail(parser, token, {
      expected: `${most} indices`,
      got: `${typedAt(parser, token)}, which can be read in several ways`,
      advice: "Put a comma between them, in brackets: _(1,12).",
    });
  }
}

/** `(j,k)`, `(jk)`, `(12)`, `(10,2)`, `(j k)`. */
function readIndexList(parser: Parser, dictionary: Dictionary, { most, indices }: Indices): void {
  expect(parser, "(");
  const first = indices.length;
  for (;;) {
    const token = peek(parser);
    if (isOperator(token, "(")) nested(parser, () => readIndexList(parser, dictionary, { most, indices }));
    else if (token.kind === "number" && !/^[0-9]+$/u.test(token.text)) throw noIndex(parser, token, dictionary);
    else if (token.kind === "number") {
      parser.position += 1;
      const isAlone = isOperator(peek(parser), ",") || isOperator(parser.tokens[parser.position - 2] ?? token, ",");
      if (isAlone) indices.push(number(Number(token.text)));
      else pushDigits(parser, token, token.text, { most: Math.max(most, indices.length + 1), indices });
    } else if (token.kind === "name") {
      const before = indices.length;
      readIndexRun(parser, dictionary, { most: before + token.text.length, indices });
    } else throw noIndex(parser, token, dictionary);
    if (accept(parser, ",")) continue;
    if (accept(parser, ")")) break;
    if (indices.length - first > 100) break;
  }
}

function noIndex(parser: Parser, token: Token, { indices, layers }: Dictionary): Error {
  const isLayer = token.kind === "name" && layers.includes(token.text);
  const got = typedAt(parser, token);
  const advice = isLayer
    ? `${token.text} is a layer, and stands after "^".`
    : isOperator(token, "=")
      ? "Only a sum has limits."
      : "Write indices in brackets if they are several: w_(jk).";
  return fail(parser, token, {
    expected: `an index, one of ${[...indices].join(", ")} or a whole number`,
    got,
    advice,
  });
}

/** What follows "^" after a quantity, or "_" after a width: one token, or a sum in brackets. */
export function readLayer(parser: Parser, dictionary: Dictionary, of: ScriptedQuantity | string): Formula {
  const token = peek(parser);
  if (accept(parser, "(")) {
    const layer = nested(parser, () => readLayerSum(parser, dictionary, of));
    if (dictionary.vocabulary.areWholesRead === true) moveTransposition(parser);
    expect(parser, ")");
    return layer;
  }
  return readLayerAtom(parser, dictionary, of, token);
}

/** How many tokens `^T`, `^(T)` and `^{(T)}` take; 0 where no transposition follows. */
export function endOfTransposition(parser: Parser): number {
  if (!isOperator(peek(parser), "^")) return 0;
  let at = 1;
  let open = 0;
  for (; isOperator(peek(parser, at), "("); at += 1) open += 1;
  const sign = peek(parser, at);
  if (sign.kind !== "name" || sign.text !== "T") return 0;
  at += 1;
  for (; open > 0; open -= 1, at += 1) if (!isOperator(peek(parser, at), ")")) return 0;
  return at;
}

/** The T of `W^{[l+1]T}` goes behind the script, as in `(w^(l+1))^T`. */
function moveTransposition(parser: Parser): void {
  const skipped = isOperator(peek(parser), ",") || isOperator(peek(parser), "^") ? 1 : 0;
  const sign = peek(parser, skipped);
  const closer = peek(parser, skipped + 1);
  if (sign.kind !== "name" || sign.text !== "T" || !isOperator(closer, ")")) return;
  const raise: Token = { kind: "operator", text: "^", start: sign.start, end: sign.start };
  parser.tokens.splice(parser.position, skipped + 2, closer, raise, sign);
}

/** A layer with + and -, without the brackets around it. */
export function readLayerSum(parser: Parser, dictionary: Dictionary, of: ScriptedQuantity | string): Formula {
  const read = (): Formula => {
    if (accept(parser, "-")) return counted(parser, negate(nested(parser, read)));
    return readLayer(parser, dictionary, of);
  };
  let sum = read();
  for (;;) {
    if (accept(parser, "+")) sum = counted(parser, add(sum, read()));
    else if (accept(parser, "-")) sum = counted(parser, subtract(sum, read()));
    else return sum;
  }
}

function readLayerAtom(parser: Parser, dictionary: Dictionary, of: ScriptedQuantity | string, token: Token): Formula {
  const isText = token.kind === "name" || token.kind === "number";
  const digits = isText ? /^[0-9]+/u.exec(token.text)?.[0] : undefined;
  const isWhole = digits !== undefined && (token.kind === "name" || digits === token.text);
  const letter = token.kind === "name" ? dictionary.layers.find((each) => token.text.startsWith(each)) : undefined;
  const layer = isWhole ? digits : letter;
  if (layer === undefined) throw noLayer(parser, dictionary, of, token);
  cutToken(parser, layer.length);
  parser.position += 1;
  return counted(parser, isWhole ? number(Number(layer)) : symbol(layer));
}

function noLayer(parser: Parser, { layers }: Dictionary, of: ScriptedQuantity | string, token: Token): Error {
  const meant = layers.find((layer) => layer.toLowerCase() === token.text.toLowerCase());
  const advice =
    meant !== undefined
      ? `Did you mean ${meant}?`
      : typeof of === "string"
        ? `Write ${of}_l or ${of}_(l+1).`
        : `After ${of.name} "^" is its layer; put the quantity in brackets to raise it to a power: (${patternOf(of)})^2.`;
  return fail(parser, token, {
    expected: `a layer, of ${[...layers, "whole numbers"].join(", ")}, + and -`,
    got: typedAt(parser, token),
    advice,
  });
}
