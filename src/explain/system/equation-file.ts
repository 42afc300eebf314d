import { FormulaError, type TextPlace } from "../../errors.ts";
import {
  type DefinedFunction,
  evaluate,
  foldFormula,
  type Formula,
  functions,
  isFunctionName,
  nearestName,
  parseFormula,
  spellGreek,
  tokenize,
} from "../../formula/index.ts";
import { cutStatements, type Piece, type Statement } from "./equation-statements.ts";
import { type Equation, type EquationSystem, orderedEquations } from "./equation-system.ts";

/** Bounds on other people's files, far above what anyone reads. */
const MOST_CHARACTERS = 100_000;
const MOST_EQUATIONS = 1_000;
/** Of one equation, with the bodies of its functions put in; they may nest and so multiply. */
const MOST_PARTS = 20_000;

type DefinitionStatement = Extract<Statement, { kind: "equation" | "function" }>;

/**
 * Reads a file of scalar equations, one a line, in any order:
 *
 * ```text
 * z = w*x + b          # comments go to the end of the line
 * y = f(z)
 * f(z) = z/(1+e^(-z))  # a function of your own
 * C = 1/2 (y - t)^2
 * given x = 3, t = 1
 * parameters w = 0.5, b = -1
 * cost C
 * ```
 *
 * Formulas are those of `parseFormula`; a quantity may be used any number of times, and Greek letters are their names.
 * What is `given` stays, the derivatives are those of `cost` with respect to the `parameters`.
 *
 * @throws FormulaError with line and column, and the span in the text: a line that cannot be read, an unknown name, one
 * that is defined twice, a value that is not finite, no cost or no parameter, a cycle (which it shows), or a file over
 * 100,000 characters or 1,000 equations.
 */
export function parseEquations(text: string): EquationSystem {
  if (text.length > MOST_CHARACTERS) {
    throw new FormulaError(
      {
        where: "equations",
        expected: `at most ${MOST_CHARACTERS} characters`,
        got: `${text.length}`,
        advice: "Leave out what the cost does not need.",
      },
      text,
      { start: MOST_CHARACTERS, end: text.length },
    );
  }
  const statements = cutStatements(text);
  const definitions = statements.filter((each) => each.kind === "equation" || each.kind === "function");
  if (definitions.length === 0) {
    throw whole(text, 'equations such as "z = w*x + b", one a line', "none", "Write at least the cost's");
  }
  if (definitions.length > MOST_EQUATIONS) {
    throw whole(text, `at most ${MOST_EQUATIONS} equations`, String(definitions.length), "Split the file");
  }
  checkNames(text, statements);
  const reader = readerOf(text, statements);
  const equations = definitions
    .filter((each) => each.kind === "equation")
    .map((each): Equation => ({ name: spellGreek(each.name.text), formula: reader.formula(each), line: each.line }));
  const given = valuesOf(text, statements, "given");
  const parameters = valuesOf(text, statements, "parameters");
  if (Object.keys(parameters).length === 0) {
    throw whole(
      text,
      "parameters with respect to which to differentiate",
      "none",
      'Add a line such as "parameters w = 0.5"',
    );
  }
  const cost = costOf(text, statements, equations);
  return { equations: orderedEquations(text, equations, cost), given, parameters, cost };
}

// Names -------------------------------------------------------------------------------------------------------------

interface Named {
  readonly name: Piece;
  readonly what: string;
}

/** Every name that the file defines, where it does. */
function definedNames(statements: readonly Statement[]): readonly Named[] {
  return statements.flatMap((statement): readonly Named[] => {
    if (statement.kind === "cost") return [];
    if (statement.kind === "values") return statement.values.map(({ name }) => ({ name, what: "a value" }));
    return [{ name: statement.name, what: statement.kind === "equation" ? "an equation" : "a function" }];
  });
}

function checkNames(text: string, statements: readonly Statement[]): void {
  const seen = new Map<string, string>();
  for (const { name, what } of definedNames(statements)) {
    const spelled = spellGreek(name.text);
    const isConstant = spelled === "e" || spelled === "pi";
    if (isConstant || (what !== "a function" && Object.hasOwn(functions, spelled))) {
      const meaning = isConstant ? "a number of its own" : "a function";
      throw at(text, name, "a name for a quantity", `"${name.text}", ${meaning}`, "Choose another");
    }
    const before = seen.get(spelled);
    if (before !== undefined) {
      throw at(text, name, `each name once`, `"${name.text}" again, which has ${before} already`, "Rename one");
    }
    seen.set(spelled, what);
  }
  for (const statement of statements) {
    if (statement.kind !== "function") continue;
    const names = statement.parameters.map((each) => spellGreek(each.text));
    const twice = statement.parameters.find((_, i) => names.indexOf(names[i] ?? "") < i);
    if (twice !== undefined) throw at(text, twice, "each parameter once", `"${twice.text}" twice`, "Rename one");
  }
}

// Formulas ----------------------------------------------------------------------------------------------------------

interface Reader {
  readonly formula: (statement: DefinitionStatement) => Formula;
}

function readerOf(text: string, statements: readonly Statement[]): Reader {
  const quantities = definedNames(statements)
    .filter(({ what }) => what !== "a function")
    .map(({ name }) => spellGreek(name.text));
  const byName = new Map(
    statements.filter((each) => each.kind === "function").map((each) => [spellGreek(each.name.text), each] as const),
  );
  const defined = new Map<string, DefinedFunction>();
  const open: string[] = [];
  const read = (statement: DefinitionStatement, own: readonly string[]): Formula => {
    const symbols = [...own, ...quantities];
    checkWords(text, statement.formula, [...symbols, ...byName.keys()]);
    for (const token of tokenize(statement.formula.text)) {
      const called = token.kind === "name" ? byName.get(token.text) : undefined;
      if (called !== undefined && !own.includes(token.text)) define(token.text, called);
    }
    const formula = located(text, statement.formula, () =>
      parseFormula(statement.formula.text, { symbols, functions: defined }),
    );
    const parts = unfoldedSize(formula);
    if (parts > MOST_PARTS) {
      const got = `${parts.toLocaleString("en")} with the functions put in`;
      throw at(text, statement.formula, `at most ${MOST_PARTS} parts`, got, "Split it into several equations");
    }
    return formula;
  };
  const define = (name: string, statement: Extract<Statement, { kind: "function" }>): void => {
    if (defined.has(name)) return;
    const start = open.indexOf(name);
    if (start >= 0) {
      const cycle = [...open.slice(start), name].join(" → ");
      throw at(text, statement.name, "functions that end", `a cycle, ${cycle}`, "Break it");
    }
    open.push(name);
    const parameters = statement.parameters.map((each) => spellGreek(each.text));
    defined.set(name, { parameters, body: read(statement, parameters) });
    open.pop();
  };
  // Those that no equation uses are read too: a mistake in them is a mistake.
  for (const [name, statement] of byName) define(name, statement);
  return { formula: (statement) => read(statement, []) };
}

/** Finds names that mean nothing before the parser does, to say what can be done about it in a file. */
function checkWords(text: string, piece: Piece, known: readonly string[]): void {
  for (const token of located(text, piece, () => tokenize(piece.text))) {
    const isKnown =
      token.text === "e" || token.text === "pi" || isFunctionName(token.text) || known.includes(token.text);
    if (token.kind !== "name" || isKnown) continue;
    const name = piece.text.slice(token.start, token.end);
    const nearest = nearestName(token.text, known) ?? known.find((each) => token.text.startsWith(each)) ?? null;
    const advice = nearest === null ? "" : `Did you mean ${nearest}? Else write`;
    throw at(
      text,
      { text: name, start: piece.start + token.start },
      "a quantity with an equation or a value",
      `"${name}"`,
      `${advice || "Write"} "given ${name} = 1", or * between two factors`,
    );
  }
}

/** How many parts a formula has as a tree, which is what it takes to print it. */
function unfoldedSize(formula: Formula): number {
  return foldFormula<number>(formula, (_, parts) => parts.reduce((sum, each) => sum + each, 1));
}

// Values and cost ---------------------------------------------------------------------------------------------------

function valuesOf(
  text: string,
  statements: readonly Statement[],
  which: "given" | "parameters",
): Record<string, number> {
  const values: Record<string, number> = {};
  for (const statement of statements) {
    if (statement.kind !== "values" || statement.which !== which) continue;
    for (const { name, formula } of statement.values) {
      checkWords(text, formula, []);
      const value = located(text, formula, () => evaluate(parseFormula(formula.text, { symbols: [] }), {}));
      if (!Number.isFinite(value)) {
        throw at(text, formula, `a finite value for ${name.text}`, String(value), "Give a number such as 0.5");
      }
      values[spellGreek(name.text)] = value;
    }
  }
  return values;
}

function costOf(text: string, statements: readonly Statement[], equations: readonly Equation[]): string {
  const [first, second] = statements.filter((each) => each.kind === "cost");
  if (first === undefined) {
    const name = equations.at(-1)?.name ?? "C";
    throw whole(text, "a cost to differentiate", "none", `Add a line such as "cost ${name}"`);
  }
  if (second !== undefined) throw at(text, second.name, "one cost", "a second", "Keep one of the two lines");
  const name = spellGreek(first.name.text);
  if (equations.some((each) => each.name === name)) return name;
  const names = equations.map((each) => each.name);
  const nearest = nearestName(name, names);
  const advice = nearest === null ? `Write "${first.name.text} = …"` : `Did you mean ${nearest}?`;
  throw at(text, first.name, "a quantity with an equation as the cost", `"${first.name.text}"`, advice);
}

// Errors ------------------------------------------------------------------------------------------------------------

/** An error about a piece of the file. */
function at(text: string, piece: Piece, expected: string, got: string, advice: string): FormulaError {
  const { start } = piece;
  const stop = /[.?]$/.test(advice) ? "" : ".";
  const fault = { where: "", place: placeOf(text, start), expected, got, advice: `${advice}${stop}` };
  return new FormulaError(fault, text, { start, end: start + piece.text.length });
}

/** An error about the file as a whole. */
function whole(text: string, expected: string, got: string, advice: string): FormulaError {
  const fault = { where: "equations", expected, got, advice: `${advice}.` };
  return new FormulaError(fault, text, { start: 0, end: text.length });
}

/** Line and column of a character; columns count code points. */
function placeOf(text: string, position: number): TextPlace {
  const before = text.slice(0, position).split("\n");
  return { line: before.length, column: Array.from(before.at(-1) ?? "").length + 1 };
}

/** What goes wrong in reading a piece, said with its place in the file. */
function located<Result>(text: string, piece: Piece, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    const start = piece.start + error.span.start;
    const { expected, got, advice } = error;
    const fault = { where: "", place: placeOf(text, start), expected, got, advice };
    throw new FormulaError(fault, text, { start, end: piece.start + error.span.end });
  }
}
