import { functions } from "./functions.ts";
import { greekNames } from "./greek.ts";
import { level, levelOf, partLevels } from "./precedence.ts";
import type { Call, Choice, Comparison, Formula, FunctionName, Operation, SymbolFormula } from "./tree.ts";
import { foldFormula } from "./walk.ts";

/** Text with the level of its outermost construct as it looks in print, where a fraction or a root needs no parentheses. */
interface Printed {
  readonly latex: string;
  readonly level: number;
}

/**
 * A formula in LaTeX as a textbook sets it: fractions, roots, e^u, σ(z), products without a sign, choices as cases.
 * For math mode, with amsmath.
 */
export function toLatex(formula: Formula): string {
  return foldFormula<Printed>(formula, print).latex;
}

function print(formula: Formula, parts: readonly Printed[]): Printed {
  const atom = (latex: string): Printed => ({ latex, level: level.atom });
  const [first = atom(""), second = atom("")] = parts;
  switch (formula.kind) {
    case "number":
      return printNumber(formula.value);
    case "constant":
      return atom(formula.name === "e" ? "e" : "\\pi");
    case "symbol":
      return atom(printSymbol(formula));
    case "negate":
      return { latex: `-${enclose(first, level.product)}`, level: level.negation };
    case "operation":
      return printOperation(formula, first, second);
    case "call":
      return printCall(formula, first, second);
    case "comparison":
      return printComparison(formula, first, second);
    case "choice":
      return printChoice(formula, parts);
  }
}

function enclose({ latex, level: own }: Printed, lowest: number): string {
  return own < lowest ? parentheses(latex) : latex;
}

/** Parentheses that grow only around what is taller than a line. */
function parentheses(latex: string): string {
  return /\\frac|\\begin|\\sqrt|\^/.test(latex) ? `\\left(${latex}\\right)` : `(${latex})`;
}

function printNumber(value: number): Printed {
  const [mantissa = "", exponent] = String(value).split("e");
  if (exponent === undefined) return { latex: mantissa, level: level.atom };
  const scale = `10^{${Number(exponent)}}`;
  if (mantissa === "1") return { latex: scale, level: level.power };
  return { latex: `${mantissa} \\cdot ${scale}`, level: level.product };
}

function printOperation(formula: Operation, left: Printed, right: Printed): Printed {
  const [leftLevel = 0, rightLevel = 0] = partLevels(formula);
  switch (formula.operator) {
    case "+":
    case "-":
      return {
        latex: `${enclose(left, leftLevel)} ${formula.operator} ${enclose(right, rightLevel)}`,
        level: level.sum,
      };
    case "*": {
      const a = enclose(left, leftLevel);
      const b = enclose(right, rightLevel);
      // A number after a factor, or a fraction after a number, would read as one number.
      const needsSign = /^[0-9]/.test(b) || (/[0-9]$/.test(a) && b.startsWith("\\frac"));
      return { latex: needsSign ? `${a} \\cdot ${b}` : `${a} ${b}`, level: level.product };
    }
    case "/":
      return { latex: `\\frac{${left.latex}}{${right.latex}}`, level: level.power };
    case "^":
      return { latex: printPower(formula, left, right), level: level.power };
  }
}

const namesBeforePower: readonly FunctionName[] = ["sin", "cos", "sinh", "cosh", "tanh"];

function printPower({ left: base, right: exponent }: Operation, left: Printed, right: Printed): string {
  if (base.kind === "call" && exponent.kind === "number" && namesBeforePower.includes(base.name)) {
    const { latex } = functions[base.name];
    return left.latex.replace(latex, `${latex}^{${right.latex}}`);
  }
  const isBareCall = base.kind === "call" && !["sigmoid", "abs", "sqrt"].includes(base.name);
  return `${isBareCall ? parentheses(left.latex) : enclose(left, level.atom)}^{${right.latex}}`;
}

function printCall(formula: Call, u: Printed, v: Printed): Printed {
  const atom = (latex: string): Printed => ({ latex, level: level.atom });
  switch (formula.name) {
    case "exp":
      return { latex: `e^{${u.latex}}`, level: level.power };
    case "expm1":
      return { latex: `e^{${u.latex}} - 1`, level: level.sum };
    case "log1p":
      return atom(
        `\\ln${parentheses(u.level === level.negation ? `1 ${u.latex.replace("-", "- ")}` : `1 + ${enclose(u, level.product)}`)}`,
      );
    case "sqrt":
      return atom(`\\sqrt{${u.latex}}`);
    case "abs":
      return atom(`\\left|${u.latex}\\right|`);
    default: {
      const { latex, arity } = functions[formula.name];
      return atom(latex + parentheses(arity === 1 ? u.latex : `${u.latex}, ${v.latex}`));
    }
  }
}

const relations: Readonly<Record<Comparison["relation"], string>> = {
  "<": "<",
  "<=": "\\le",
  ">": ">",
  ">=": "\\ge",
  "==": "=",
  "!=": "\\ne",
};

/** A comparison is 1 or 0: the bracket of Iverson says so. As the condition of a choice it stands bare. */
function printComparison(formula: Comparison, left: Printed, right: Printed): Printed {
  const bare = `${enclose(left, level.sum)} ${relations[formula.relation]} ${enclose(right, level.sum)}`;
  return { latex: `\\left[${bare}\\right]`, level: level.atom };
}

function printChoice(formula: Choice, parts: readonly Printed[]): Printed {
  const [condition, then, otherwise] = parts.map(({ latex }) => latex);
  const isComparison = formula.condition.kind === "comparison";
  const bare = isComparison ? condition?.slice("\\left[".length, -"\\right]".length) : `${condition} \\ne 0`;
  const rows = `${then} & \\text{if } ${bare} \\\\ ${otherwise} & \\text{otherwise}`;
  return { latex: `\\begin{cases} ${rows} \\end{cases}`, level: levelOf(formula) };
}

const greek = new Set(Object.values(greekNames));

/** `w_1` and `w1` are w with index 1, `beta1` is β₁; a name of several letters is set upright as one word. */
function printSymbol(symbol: SymbolFormula): string {
  const [, stem = symbol.name, digits = "", rest = ""] = /^([^0-9_]+)([0-9]*)((?:_.*)?)$/u.exec(symbol.name) ?? [];
  const fromName = [digits, ...rest.split("_")].filter((index) => index !== "").map(printWord);
  const indices = [fromName.join(","), symbol.indices.map(toLatex).join("")].filter((index) => index !== "");
  const layer = symbol.layer === null ? "" : `^{${toLatex(symbol.layer)}}`;
  return printWord(stem) + (indices.length === 0 ? "" : `_{${indices.join(",")}}`) + layer;
}

function printWord(word: string): string {
  if (greek.has(word)) return `\\${word}`;
  return Array.from(word).length === 1 || /^[0-9]+$/.test(word) ? word : `\\mathrm{${word}}`;
}
