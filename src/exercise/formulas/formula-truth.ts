import { FormulaError } from "../../errors.ts";
import { deriveSystem } from "../../explain/index.ts";
import {
  type Application,
  derivative,
  type Formula,
  parseTextbook,
  postorder,
  rewriteFormula,
  scripted,
  symbol,
  type SymbolFormula,
  toText,
  type Vocabulary,
} from "../../formula/index.ts";
import { functionFormula } from "./function-by-name.ts";
import type { NetworkModel } from "../networks/network-model.ts";
import { type NetworkQuestion, scopeOf } from "../networks/network-question.ts";
import { definedFunctions, vocabularyOf } from "./question-vocabulary.ts";
import { namesOfAsked } from "./read-answer.ts";
import { type ScalarQuestion } from "./scalar-question.ts";
import type { FormulaQuestion, Located, Sheet } from "../sheet.ts";
import { updateTruth } from "./update-truth.ts";

/** What a formula question asks, read: what is true of it, and what it may be answered with. */
export interface FormulaTruth {
  readonly vocabulary: Vocabulary;
  /** What is asked, where it is a quantity or derivative in the notation. */
  readonly asked: Formula | null;
  /** How it may be called before an `=`. */
  readonly names: readonly string[];
  /** The author's formula, where there is one that can be read. */
  readonly key: Formula | null;
  /** How answers are judged; null when nothing says what is true. */
  readonly judge:
    | { readonly kind: "network"; readonly question: NetworkQuestion }
    | { readonly kind: "scalar"; readonly question: ScalarQuestion; readonly derivativeOf: string | null }
    | null;
  /** What cannot be read of the question, for the linter. */
  readonly problems: readonly TruthProblem[];
}

export interface TruthProblem {
  readonly what: "asks" | "key" | "domain";
  readonly place: Located;
  readonly message: string;
}

const truths = new WeakMap<FormulaQuestion, FormulaTruth>();

/** What is true of a formula question; worked out once for each. */
export function formulaTruth(sheet: Sheet, question: FormulaQuestion): FormulaTruth {
  const known = truths.get(question);
  if (known !== undefined) return known;
  const truth = workedOut(sheet, question);
  truths.set(question, truth);
  return truth;
}

/** A word for the key that the checker is to find itself. */
const DERIVE = "derive";

/** The key as its author wrote it; null where there is none, or the checker is to find it. */
export function writtenKey({ key }: FormulaQuestion): Located | null {
  const text = key?.text.trim() ?? "";
  return text === "" || text === DERIVE ? null : key;
}

function workedOut(sheet: Sheet, question: FormulaQuestion): FormulaTruth {
  const vocabulary = vocabularyOf(sheet, question);
  const problems: TruthProblem[] = [];
  const read = (what: TruthProblem["what"], place: Located | null, text = place?.text ?? ""): Formula | null => {
    if (place === null) return null;
    try {
      return parseTextbook(text, vocabulary);
    } catch (error) {
      if (!(error instanceof FormulaError)) throw error;
      problems.push({ what, place, message: error.message.replace(/^formula: /, "") });
      return null;
    }
  };
  const asksText = question.asks?.text.trim() ?? null;
  const isNext = asksText !== null && /^next\s/.test(asksText);
  const asked = read("asks", question.asks, isNext ? asksText.replace(/^next\s+/, "") : (asksText ?? ""));
  const key = read("key", writtenKey(question));
  const domain = read("domain", question.domain);
  const functions = definedFunctions(sheet.functions);
  const model: NetworkModel = {
    activation: question.activation,
    outputActivation: question.outputActivation,
    cost: question.cost,
    functions,
  };
  // After a step a parameter still has its name.
  const names = [
    ...namesOfAsked(asksText, isNext ? null : asked),
    ...(isNext && asked !== null ? [toText(asked)] : []),
  ];
  const base = { vocabulary, names, key, problems };
  const scalar = (truth: Formula | null, derivativeOf: string | null = null): FormulaTruth["judge"] =>
    truth === null
      ? null
      : {
          kind: "scalar",
          question: { truth, key, domain, functions, definitions: definitionsOf(question) },
          derivativeOf,
        };
  if (isNext && asked?.kind === "symbol") {
    const { rule } = question;
    const parameter = parameterOf(asked, question);
    const truth = rule === null ? key : updateTruth(rule, asked, parameter, question.ruleSymbols);
    return { ...base, asked: null, judge: scalar(truth ?? key) };
  }
  if (asked?.kind === "application" && asked.argument.kind === "symbol") {
    const formula = functionFormula(asked.name, asked.primes, functions);
    if (formula !== null) return { ...base, asked, judge: scalar(asked, derivedFunction(asked)) };
  }
  // C has no scripts of its own.
  if (isOfNetworkNotation(asked) || (asked?.kind !== "application" && isOfNetworkNotation(key))) {
    const truth = asked ?? key;
    if (truth === null) return { ...base, asked, judge: null };
    const scope = scopeOf(truth);
    return { ...base, asked, judge: { kind: "network", question: { asked: truth, key, domain, model, scope } } };
  }
  if (asked !== null && question.given !== null) return { ...base, asked, judge: scalar(systemTruth(asked, question)) };
  return { ...base, asked, judge: scalar(key) };
}

function derivedFunction({ name, primes }: Application): string | null {
  return primes === 1 ? name : null;
}

/** `∂C/∂w_jk^l`, `δ_j^l`, a sum over neurons: what only a network gives a value. */
function isOfNetworkNotation(formula: Formula | null): boolean {
  if (formula === null) return false;
  const isScripted = ({ indices, layer }: SymbolFormula): boolean => indices.length > 0 || layer !== null;
  return postorder(formula).some((part) => {
    if (part.kind === "sum") return true;
    if (part.kind === "derivative") return isScripted(part.by) || isScripted(part.of);
    return part.kind === "symbol" && isScripted(part);
  });
}

/** The parameter that an update rule trains: what is asked, or what the question says, with `w` among the rule's symbols. */
function parameterOf(asked: SymbolFormula, { ruleSymbols }: FormulaQuestion): SymbolFormula {
  const named = ruleSymbols["w"];
  return named === undefined ? asked : scripted(named, [], null);
}

/** What a quantity of a given system is, or a derivative of its cost, as a formula. */
function systemTruth(asked: Formula, { given }: FormulaQuestion): Formula | null {
  if (given === null) return null;
  const { system } = given;
  if (asked.kind === "derivative" && typedName(asked.of.name) === typedName(system.cost)) {
    const found = deriveSystem(system).derivatives.find(({ by }) => typedName(by) === typedName(asked.by.name));
    return found === undefined ? null : withTypedNames(found.symbolic);
  }
  if (asked.kind !== "symbol") return null;
  const found = system.equations.find(({ name }) => typedName(name) === typedName(asked.name));
  return found === undefined ? null : withTypedNames(found.formula);
}

/** `w1` of an equation file is the `w_1` of an answer. */
function typedName(name: string): string {
  return name.replace(/^(\p{L}+)([0-9]+)$/u, "$1_$2");
}

function withTypedNames(formula: Formula): Formula {
  return rewriteFormula(formula, (part) => (part.kind === "symbol" ? symbol(typedName(toText(part))) : part));
}

/** Equations of a given system, so that an answer in terms of any of its quantities is understood. */
function definitionsOf({ given, rule }: FormulaQuestion): ReadonlyMap<string, Formula> {
  if (given === null || rule !== null) return new Map();
  const { system } = given;
  const equations = system.equations.map(({ name, formula }) => [typedName(name), withTypedNames(formula)] as const);
  const derivatives = deriveSystem(system).derivatives.map(({ by, symbolic }) => {
    const partial = derivative(scripted(typedName(system.cost), [], null), scripted(typedName(by), [], null));
    return [toText(partial), withTypedNames(symbolic)] as const;
  });
  return new Map([...equations, ...derivatives]);
}
