import { FormulaError } from "../../errors.ts";

/** A piece of the file's text, and where it starts. */
export interface Piece {
  readonly text: string;
  readonly start: number;
}

/** One line of a file of equations, cut into its pieces; what is in them is not yet read. */
export type Statement =
  | { readonly kind: "equation"; readonly line: number; readonly name: Piece; readonly formula: Piece }
  | {
      readonly kind: "function";
      readonly line: number;
      readonly name: Piece;
      readonly parameters: readonly Piece[];
      readonly formula: Piece;
    }
  | {
      readonly kind: "values";
      readonly which: "given" | "parameters";
      readonly values: readonly { readonly name: Piece; readonly formula: Piece }[];
    }
  | { readonly kind: "cost"; readonly name: Piece };

const NAME = /^\p{L}[\p{L}0-9_]*$/u;
const MOST_NAME = 60;

/** Cuts a file into its statements, a line each; `#` starts a comment. @throws FormulaError with line and column. */
export function cutStatements(text: string): readonly Statement[] {
  const statements: Statement[] = [];
  let start = 0;
  for (const [index, written] of text.split("\n").entries()) {
    const comment = written.indexOf("#");
    const line = trimmed({ text: comment < 0 ? written : written.slice(0, comment), start });
    if (line.text !== "") statements.push(statementOf(line, index + 1, start));
    start += written.length + 1;
  }
  return statements;
}

function statementOf(line: Piece, number: number, lineStart: number): Statement {
  const fail = failing(line, number, lineStart);
  const keyword = /^(given|parameters?|cost)\s+(?![=(])/.exec(line.text);
  if (keyword === null) return definitionOf(line, number, fail);
  const rest = from(line, keyword[0].length);
  if (keyword[1] === "cost") {
    return { kind: "cost", name: nameOf(rest, fail, 'a quantity after "cost", as in "cost C"') };
  }
  const which = keyword[1] === "given" ? "given" : "parameters";
  const example = `"${which} w = 0.5, b = -1"`;
  const values = cutAtCommas(rest).map((piece) => {
    const cut = equalsIn(piece.text);
    if (cut < 0) throw fail(piece, `a value, as in ${example}`, piece.text === "" ? "nothing" : `"${piece.text}"`);
    return {
      name: nameOf(trimmed({ ...piece, text: piece.text.slice(0, cut) }), fail, `a name before "=", as in ${example}`),
      formula: formulaOf(from(piece, cut + 1), fail),
    };
  });
  return { kind: "values", which, values };
}

/** `name = formula` or `name(parameters) = formula` */
function definitionOf(line: Piece, number: number, fail: Fail): Statement {
  const cut = equalsIn(line.text);
  const forms = 'an equation "z = w*x", "given x = 1", "parameters w = 0.5" or "cost C"';
  if (cut < 0) throw fail(line, forms, `"${shortened(line.text)}"`);
  const left = trimmed({ ...line, text: line.text.slice(0, cut) });
  const formula = formulaOf(from(line, cut + 1), fail);
  const applied = /^([^(]*?)\s*\((.*)\)$/su.exec(left.text);
  const [, called = "", inside = ""] = applied ?? [];
  if (applied === null)
    return { kind: "equation", line: number, name: nameOf(left, fail, 'a name before "="'), formula };
  const open = left.text.indexOf("(");
  const list = cutAtCommas({ text: inside, start: left.start + open + 1 });
  return {
    kind: "function",
    line: number,
    name: nameOf({ text: called, start: left.start }, fail, "a name of a function"),
    parameters: list.map((piece) => nameOf(piece, fail, 'parameters by name, as in "f(z) = …"')),
    formula,
  };
}

type Fail = (piece: Piece, expected: string, got: string) => FormulaError;

function failing(line: Piece, number: number, lineStart: number): Fail {
  return (piece, expected, got) => {
    const column = piece.start - lineStart + 1;
    const start = Math.max(piece.start, line.start);
    return new FormulaError(
      { where: "", place: { line: number, column }, expected, got, advice: "Correct the line there." },
      line.text,
      { start, end: start + piece.text.length },
    );
  };
}

function nameOf(piece: Piece, fail: Fail, expected: string): Piece {
  if (piece.text.length > MOST_NAME) throw fail(piece, `${expected}, of at most ${MOST_NAME} letters`, "a longer one");
  if (!NAME.test(piece.text)) throw fail(piece, expected, piece.text === "" ? "nothing" : `"${shortened(piece.text)}"`);
  return piece;
}

function formulaOf(piece: Piece, fail: Fail): Piece {
  if (piece.text === "") throw fail(piece, 'a formula after "="', "nothing");
  return piece;
}

/** Position of the `=` that is part of no other sign, or −1. */
function equalsIn(text: string): number {
  return text.search(/(?<![=<>!])=(?!=)/);
}

/** Cuts at commas that are in no parentheses. */
function cutAtCommas(piece: Piece): readonly Piece[] {
  const pieces: Piece[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i <= piece.text.length; i += 1) {
    const character = piece.text[i];
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    if (character !== undefined && (character !== "," || depth > 0)) continue;
    pieces.push(trimmed({ text: piece.text.slice(from, i), start: piece.start + from }));
    from = i + 1;
  }
  return pieces;
}

function from(piece: Piece, position: number): Piece {
  return trimmed({ text: piece.text.slice(position), start: piece.start + position });
}

function trimmed({ text, start }: Piece): Piece {
  return { text: text.trim(), start: start + text.length - text.trimStart().length };
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
