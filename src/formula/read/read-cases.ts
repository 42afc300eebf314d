import { choose, compare, number } from "../build.ts";
import { accept, expect, fail, isOperator, nested, type Parser, peek, typedAt } from "./parser.ts";
import { sameStructure } from "../structure.ts";
import type { Token } from "./tokenize.ts";
import { caseWords } from "./tokenize-textbook.ts";
import type { Comparison, Formula, Relation } from "../tree.ts";

const relations: ReadonlySet<string> = new Set(["<", "<=", ">", ">=", "==", "!="]);

/** Whether a token is a sign of comparison. */
export function isRelation(token: Token | undefined): boolean {
  return token?.kind === "operator" && relations.has(token.text);
}

/** The tokens of what is in the bracket that stands `ahead` tokens on, with their distance from it; those in further brackets apart. */
function innerTokens(parser: Parser, ahead: number): readonly { readonly token: Token; readonly at: number }[] {
  const inner: { readonly token: Token; readonly at: number }[] = [];
  let open = 0;
  for (let at = ahead; at < parser.tokens.length; at += 1) {
    const token = peek(parser, at);
    if (token.kind === "end") return [];
    if (isOperator(token, "(")) open += 1;
    else if (isOperator(token, ")")) open -= 1;
    else if (open === 1) inner.push({ token, at });
    if (open === 0) return inner;
  }
  return [];
}

/** Whether a bracket was typed as anything but a round one. */
function isSquare(parser: Parser, token: Token): boolean {
  return parser.text.charAt(token.start) !== "(";
}

/** Whether an indicator starts here: `[z > 0]`, `[i = j]`, `\{z > 0\}`; behind its letter, `I(z > 0)`, in any brackets. */
export function startsIndicator(parser: Parser, ahead = 0): boolean {
  const token = peek(parser, ahead);
  if (!isOperator(token, "(") || (ahead === 0 && !isSquare(parser, token))) return false;
  const inner = innerTokens(parser, ahead).map((each) => each.token);
  const isChoice = inner.some((each) => isOperator(each, "?") || isCaseWord(each));
  return !isChoice && inner.some((each) => isRelation(each) || isOperator(each, "="));
}

/** `[z > 0]`: a comparison, which is 1 or 0. Within it `=` compares. */
export function readIndicator(parser: Parser): Formula {
  const start = peek(parser);
  for (const { at } of innerTokens(parser, 0).filter(({ token }) => isOperator(token, "="))) compareAt(parser, at);
  expect(parser, "(");
  const condition = nested(parser, parser.grammar.expression);
  const end = peek(parser).end;
  expect(parser, ")");
  if (condition.kind === "comparison") return condition;
  throw fail(
    parser,
    { start: start.start, end },
    { expected: "a comparison in the brackets", got: "none", advice: 'Write [z > 0], or "(" for brackets.' },
  );
}

/** Makes the `=` that is `at` tokens on the sign of a comparison. */
function compareAt(parser: Parser, at: number): void {
  const token = peek(parser, at);
  parser.tokens[parser.position + at] = { ...token, text: "==" };
}

/** Whether the `1` of an indicator starts here: `1_{z > 0}`, `1_[i = j]`. */
export function startsSubscriptedIndicator(parser: Parser): boolean {
  const one = peek(parser);
  const isOne = (one.kind === "number" && one.text === "1") || (one.kind === "name" && one.text === "I");
  return isOne && isOperator(peek(parser, 1), "_") && isOperator(peek(parser, 2), "(");
}

/** `1_{z > 0}` */
export function readSubscriptedIndicator(parser: Parser): Formula {
  parser.position += 2;
  return readIndicator(parser);
}

function isCaseWord(token: Token): boolean {
  return token.kind === "name" && caseWords.has(token.text);
}

/** Whether a formula by cases starts here: `\begin{cases}`, or `{ 1 if z > 0; 0 otherwise }`. */
export function startsCases(parser: Parser): boolean {
  const token = peek(parser);
  if (isOperator(token, "cases")) return true;
  return (
    isOperator(token, "(") && isSquare(parser, token) && innerTokens(parser, 0).some((each) => isCaseWord(each.token))
  );
}

interface CaseRow {
  readonly value: Formula;
  /** Null: otherwise. */
  readonly condition: Formula | null;
  readonly start: number;
  readonly end: number;
}

/** A formula by cases: rows of a value and its condition, of which the last may say "otherwise". */
export function readCases(parser: Parser): Formula {
  const closer = isOperator(peek(parser), "cases") ? "endcases" : ")";
  parser.position += 1;
  const rows: CaseRow[] = [];
  do {
    if (isOperator(peek(parser), closer)) break;
    rows.push(nested(parser, readRow));
  } while (accept(parser, ";"));
  expect(parser, closer);
  return chained(parser, rows);
}

function readRow(parser: Parser): CaseRow {
  const start = peek(parser).start;
  const value = parser.grammar.expression(parser);
  accept(parser, ",");
  accept(parser, "&");
  const word = isCaseWord(peek(parser)) ? peek(parser).text : null;
  if (word !== null) parser.position += 1;
  const isLast = isOperator(peek(parser), ";") || isOperator(peek(parser), "endcases") || isOperator(peek(parser), ")");
  if (isLast && (word === null || word === "otherwise" || word === "else")) {
    return { value, condition: null, start, end: peek(parser).start };
  }
  for (let at = 0; !isOperator(peek(parser, at), ";") && peek(parser, at).kind !== "end"; at += 1) {
    if (isOperator(peek(parser, at), "endcases")) break;
    if (isOperator(peek(parser, at), "=")) compareAt(parser, at);
  }
  const from = peek(parser);
  const condition = parser.grammar.expression(parser);
  if (condition.kind !== "comparison") {
    throw fail(parser, from, {
      expected: "the condition of a case",
      got: typedAt(parser, from),
      advice: 'Write "1 if z > 0; 0 otherwise".',
    });
  }
  accept(parser, ",");
  return { value, condition, start, end: peek(parser).start };
}

/** The rows as choices; the last condition is left out where it holds whenever none of those before does. */
function chained(parser: Parser, rows: readonly CaseRow[]): Formula {
  const last = rows.at(-1);
  if (last === undefined)
    throw fail(parser, peek(parser), { expected: "cases", got: "none", advice: "Write at least two." });
  const before = rows.slice(0, -1);
  const nameless = before.find(({ condition }) => condition === null);
  if (nameless !== undefined) {
    throw fail(parser, nameless, {
      expected: '"otherwise" in the last case',
      got: "it earlier",
      advice: "Move it to the end.",
    });
  }
  checkCases(parser, rows);
  return before.reduceRight((rest, { value, condition }) => choose(condition ?? number(1), value, rest), last.value);
}

const signsOf: Readonly<Record<Relation, string>> = {
  "<": "<",
  "<=": "<=",
  ">": ">",
  ">=": ">=",
  "==": "=",
  "!=": "<>",
};
const mirrored: Readonly<Record<string, string>> = { "<": ">", ">": "<", "=": "=" };

/** Whether left is below ("<"), at ("=") or above (">") right where a comparison holds; null where its sides are others. */
function signsWhere(condition: Formula | null, { left, right }: Comparison): string | null {
  if (condition === null) return null;
  if (condition.kind !== "comparison") return null;
  const signs = signsOf[condition.relation];
  if (sameStructure(condition.left, left) && sameStructure(condition.right, right)) return signs;
  const isSwapped = sameStructure(condition.left, right) && sameStructure(condition.right, left);
  return isSwapped ? Array.from(signs, (sign) => mirrored[sign] ?? sign).join("") : null;
}

/** @throws FormulaError where two cases hold at once with different values, or none may hold. */
function checkCases(parser: Parser, rows: readonly CaseRow[]): void {
  const first = rows[0]?.condition ?? null;
  const place = { start: rows[0]?.start ?? 0, end: rows.at(-1)?.end ?? 0 };
  const isOpen = rows.at(-1)?.condition !== null;
  const signs = rows.map(({ condition }) => (first?.kind === "comparison" ? signsWhere(condition, first) : null));
  const seen = new Map<string, Formula>();
  for (const [i, { value, condition }] of rows.entries()) {
    if (condition === null) continue;
    for (const sign of signs[i] ?? "") {
      const other = seen.get(sign);
      if (other !== undefined && !sameStructure(other, value)) {
        throw fail(parser, place, {
          expected: "one value everywhere",
          got: "two cases that hold at once",
          advice: "Correct their conditions.",
        });
      }
      seen.set(sign, other ?? value);
    }
  }
  if (!isOpen || seen.size === 3) return;
  throw fail(parser, place, {
    expected: "cases for everything",
    got: "none for the rest",
    advice: 'Write "otherwise" in the last.',
  });
}

/** `i = j`, 1 or 0: what the Kronecker δ_ij is. */
export function kronecker(left: Formula, right: Formula): Formula {
  return compare("==", left, right);
}
