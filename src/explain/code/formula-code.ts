import type { Choice, Formula, FunctionName, SymbolFormula } from "../../formula/index.ts";
import { foldFormula, notWrittenOut, number, simplify, substitute } from "../../formula/index.ts";
import type { MapNode } from "../../graph/index.ts";
import { level, levelOf, partLevels } from "../../formula/precedence.ts";

/** Languages that programs are written in. */
export type ProgramLanguage = "typescript" | "python";

/** A formula as code, with the functions it needs that the language lacks. */
export interface Code {
  readonly text: string;
  readonly needs: ReadonlySet<FunctionName>;
}

interface Part {
  readonly text: string;
  readonly level: number;
}

/**
 * A formula as an expression of a language; in Python of NumPy's functions, so that it takes arrays too.
 *
 * @param symbolCode the code of a symbol: a name, an element of an array, or an expression in parentheses
 */
export function formulaCode(
  formula: Formula,
  language: ProgramLanguage,
  symbolCode: (symbol: SymbolFormula) => string,
): Code {
  const needs = new Set<FunctionName>();
  const { text } = foldFormula<Part>(formula, (part, parts) => {
    if (part.kind === "call" && Object.hasOwn(helperCode[language], part.name)) needs.add(part.name);
    return codePart(part, parts, language, symbolCode);
  });
  return { text, needs };
}

function codePart(
  formula: Formula,
  parts: readonly Part[],
  language: ProgramLanguage,
  symbolCode: (symbol: SymbolFormula) => string,
): Part {
  const levels = partLevels(formula);
  const [first = "", second = "", third = ""] = parts.map((part, i) => enclosed(part, levels[i] ?? level.choice));
  const bare = parts.map(({ text }) => text);
  const isPython = language === "python";
  const atom = (text: string): Part => ({ text, level: level.atom });
  switch (formula.kind) {
    case "number":
      return atom(String(formula.value));
    case "constant":
      return atom(constants[language][formula.name]);
    case "symbol":
      return atom(symbolCode(formula));
    case "negate":
      return { text: `-${first}`, level: level.negation };
    case "operation": {
      if (formula.operator !== "^") return { text: `${first} ${formula.operator} ${second}`, level: levelOf(formula) };
      // JavaScript takes no minus before a power, so a power is in parentheses always.
      const power = `${first} ** ${second}`;
      return isPython ? { text: power, level: level.power } : atom(`(${power})`);
    }
    case "comparison": {
      const holds = `${first} ${relationCode(formula.relation, language)} ${second}`;
      return isPython ? atom(`np.where(${holds}, 1.0, 0.0)`) : atom(`(${holds} ? 1 : 0)`);
    }
    case "choice":
      return isPython
        ? atom(`np.where(${conditionCode(formula, first, language)}, ${bare[1] ?? ""}, ${bare[2] ?? ""})`)
        : atom(`(${conditionCode(formula, first, language)} ? ${second} : ${third})`);
    case "call":
      return atom(
        `${functionCode[language][formula.name]}(${bare.join(", ")}${extraArgument(formula.name, language)})`,
      );
    case "sum":
    case "application":
    case "derivative":
      throw notWrittenOut(formula);
  }
}

/** The formula of a map with the numbers among its operands put in, and what that makes shorter shortened. */
export function withoutConstants({ formula, operands }: MapNode): Formula {
  const numbers = Object.entries(operands).flatMap(([name, operand]) =>
    operand.kind === "constant" ? [[name, number(operand.value)] as const] : [],
  );
  return numbers.length === 0 ? formula : simplify(substitute(formula, new Map(numbers)));
}

function enclosed({ text, level: own }: Part, lowest: number): string {
  return own < lowest ? `(${text})` : text;
}

/** The condition of a choice; a comparison was made a number, and is taken back. */
function conditionCode({ condition }: Choice, code: string, language: ProgramLanguage): string {
  const compared = /^(?:np\.where)?\((.*)(?:, 1\.0, 0\.0| \? 1 : 0)\)$/.exec(code);
  if (condition.kind === "comparison" && compared !== null) return compared[1] ?? code;
  return `${code} ${language === "python" ? "!=" : "!=="} 0`;
}

function relationCode(relation: string, language: ProgramLanguage): string {
  return language === "typescript" && (relation === "==" || relation === "!=") ? `${relation}=` : relation;
}

/** relu(u) is max(u, 0), softplus(u) is log(e^u + e^0). */
function extraArgument(name: FunctionName, language: ProgramLanguage): string {
  return name === "relu" || (name === "softplus" && language === "python") ? ", 0" : "";
}

const constants = {
  typescript: { e: "Math.E", pi: "Math.PI" },
  python: { e: "np.e", pi: "np.pi" },
} as const;

const functionCode: Readonly<Record<ProgramLanguage, Readonly<Record<FunctionName, string>>>> = {
  typescript: {
    exp: "Math.exp",
    expm1: "Math.expm1",
    log: "Math.log",
    log1p: "Math.log1p",
    sqrt: "Math.sqrt",
    abs: "Math.abs",
    sign: "Math.sign",
    sin: "Math.sin",
    cos: "Math.cos",
    sinh: "Math.sinh",
    cosh: "Math.cosh",
    tanh: "Math.tanh",
    sigmoid: "sigmoid",
    softplus: "softplus",
    logcosh: "logcosh",
    relu: "Math.max",
    erf: "erf",
    min: "Math.min",
    max: "Math.max",
  },
  python: {
    exp: "np.exp",
    expm1: "np.expm1",
    log: "np.log",
    log1p: "np.log1p",
    sqrt: "np.sqrt",
    abs: "np.abs",
    sign: "np.sign",
    sin: "np.sin",
    cos: "np.cos",
    sinh: "np.sinh",
    cosh: "np.cosh",
    tanh: "np.tanh",
    sigmoid: "sigmoid",
    softplus: "np.logaddexp",
    logcosh: "logcosh",
    relu: "np.maximum",
    erf: "erf",
    min: "np.minimum",
    max: "np.maximum",
  },
};

/** Functions that a language lacks, in forms that neither overflow nor cancel; `special-functions.ts` explains them. */
const helperCode: Readonly<Record<ProgramLanguage, Readonly<Partial<Record<FunctionName, string>>>>> = {
  typescript: {
    sigmoid: `function sigmoid(u: number): number {
  const small = Math.exp(-Math.abs(u));
  return u < 0 ? small / (1 + small) : 1 / (1 + small);
}`,
    softplus: `function softplus(u: number): number {
  return Math.max(u, 0) + Math.log1p(Math.exp(-Math.abs(u)));
}`,
    logcosh: `function logcosh(u: number): number {
  const size = Math.abs(u);
  return size + Math.log1p(Math.exp(-2 * size)) - Math.LN2;
}`,
    // Abramowitz and Stegun 7.1.6; from 6 on, erf is 1 in float64.
    erf: `function erf(u: number): number {
  if (Math.abs(u) > 6) return Math.sign(u);
  let term = u;
  let total = u;
  for (let odd = 3; Math.abs(term) > 1e-17 * Math.abs(total); odd += 2) {
    term *= (2 * u * u) / odd;
    total += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-u * u) * total;
}`,
  },
  python: {
    sigmoid: `def sigmoid(u):
    small = np.exp(-np.abs(u))
    return np.where(u < 0, small / (1 + small), 1 / (1 + small))`,
    logcosh: `def logcosh(u):
    size = np.abs(u)
    return size + np.log1p(np.exp(-2 * size)) - np.log(2)`,
    erf: `erf = np.vectorize(math.erf, otypes=[float])`,
  },
};

/** The code of the functions that were needed. */
export function helpers(needs: ReadonlySet<FunctionName>, language: ProgramLanguage): readonly string[] {
  return [...needs].toSorted().map((name) => helperCode[language][name] ?? "");
}

const reserved: readonly string[] = [
  ..."and as assert async await break case catch class const continue debugger def default del delete do elif else".split(
    " ",
  ),
  ..."enum eval except export extends False finally for from function global if implements import in instanceof".split(
    " ",
  ),
  ..."interface is lambda let new None nonlocal not null or package pass private protected public raise return".split(
    " ",
  ),
  ..."static super switch this throw True true false try typeof var void while with yield undefined arguments".split(
    " ",
  ),
  ..."np math json forward backward update values gradients parameters rate sigmoid softplus logcosh erf Math JSON".split(
    " ",
  ),
  ..."console print sum matrix vector float len max min abs".split(" "),
];

/**
 * For each key a variable's name that languages take and no other key has, as near as can be to the one wanted:
 * `lambda` becomes `lambda_`. Earlier ones come first.
 */
export function variableNames(wanted: readonly (readonly [key: string, name: string])[]): ReadonlyMap<string, string> {
  const taken = new Set<string>(reserved);
  const chosen = new Map<string, string>();
  for (const [key, name] of wanted) {
    let variable = name;
    while (taken.has(variable)) variable += "_";
    taken.add(variable);
    chosen.set(key, variable);
  }
  return chosen;
}
