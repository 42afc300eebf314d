import { FormulaError } from "../../errors.ts";
import type { EquationSystem } from "../../explain/index.ts";
import {
  type Application,
  type Formula,
  parseTextbook,
  postorder,
  scripted,
  type SymbolFormula,
  toText,
  type Vocabulary,
} from "../../formula/index.ts";
import type { NetworkLibrary } from "../networks/network-library.ts";
import type { FunctionTable } from "../vocabulary/function-table.ts";
import type { NetworkModel } from "../networks/network-model.ts";
import { prepareNetworkQuestion } from "../networks/prepare-network-question.ts";
import { type NetworkQuestion, scopeOf } from "../networks/network-question.ts";
import { quantitiesIn } from "../networks/network-shapes.ts";
import { inNetworkNames, type NetworkNames, networkNames } from "../vocabulary/network-names.ts";
import { vocabularyOf } from "../vocabulary/question-vocabulary.ts";
import { namesOfAsked } from "../typed/read-answer.ts";
import { type ScalarQuestion, scalarQuestion } from "../scalars/scalar-question.ts";
import type { FormulaQuestion, Located, Sheet } from "../sheet.ts";
import { type SystemDerivatives, systemDerivatives, typedName, withTypedNames } from "../scalars/system-derivative.ts";
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
  /** What the sheet calls the network's cost, activation function and targets. */
  readonly networkNames: NetworkNames;
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

/** A word for the key that the checker is to find itself. */
const DERIVE = "derive";

/** The key as its author wrote it; null where there is none, or the checker is to find it. */
export function writtenKey({ key }: FormulaQuestion): Located | null {
  const text = key?.text.trim() ?? "";
  return text === "" || text === DERIVE ? null : key;
}

/** What the questions of a sheet share. */
export interface SheetTools {
  readonly functions: FunctionTable;
  readonly library: NetworkLibrary;
}

/** What is true of a formula question. @throws OverBudget where that takes too much. */
export function readTruth(
  sheet: Pick<Sheet, "symbols">,
  question: FormulaQuestion,
  { functions, library }: SheetTools,
): FormulaTruth {
  const vocabulary = vocabularyOf(sheet, question, functions.defined);
  const problems: TruthProblem[] = [];
  const read = (
    what: TruthProblem["what"],
    place: Located | null,
    text = place?.text ?? "",
    words: Vocabulary = vocabulary,
  ): Formula | null => {
    if (place === null) return null;
    try {
      return parseTextbook(text, words);
    } catch (error) {
      if (!(error instanceof FormulaError)) throw error;
      problems.push({ what, place, message: error.reason });
      return null;
    }
  };
  const asksText = question.asks?.text.trim() ?? null;
  const isNext = asksText !== null && /^next\s/.test(asksText);
  const asked = read("asks", question.asks, isNext ? asksText.replace(/^next\s+/, "") : (asksText ?? ""));
  const key = read("key", writtenKey(question));
  const domain = domainOf(question.domain, vocabulary, read);
  const model: NetworkModel = {
    activation: question.activation,
    outputActivation: question.outputActivation,
    cost: question.cost,
    functions,
    net: question.given?.network?.net ?? null,
  };
  const derivatives = question.given === null ? null : systemDerivatives(question.given.system);
  const own = networkNames(sheet, question);
  // After a step a parameter still has its name.
  const names = [
    ...namesOfAsked(asksText, isNext ? null : asked),
    ...(isNext && asked !== null ? [toText(asked)] : []),
  ];
  const base = { vocabulary, names, key, problems, networkNames: own };
  const scalar = (truth: Formula | null, derivativeOf: string | null = null): FormulaTruth["judge"] =>
    truth === null
      ? null
      : {
          kind: "scalar",
          question: scalarQuestion({
            truth,
            key,
            domain,
            functions,
            definitions: definitionsOf(question),
            derivativeOf: derivativesOf(question, derivatives),
          }),
          derivativeOf,
        };
  if (isNext && asked?.kind === "symbol") {
    const { rule } = question;
    const parameter = parameterOf(asked, question);
    const truth = rule === null ? key : updateTruth(rule, asked, parameter, question.ruleSymbols);
    return { ...base, asked: null, judge: scalar(truth ?? key) };
  }
  if (asked?.kind === "application" && asked.argument.kind === "symbol") {
    const formula = functions.formula(asked.name, asked.primes);
    if (formula !== null) return { ...base, asked, judge: scalar(asked, derivedFunction(asked)) };
  }
  // C has no scripts of its own.
  if (isOfNetworkNotation(asked) || (asked?.kind !== "application" && isOfNetworkNotation(key))) {
    const truth = asked ?? key;
    if (truth === null) return { ...base, asked, judge: null };
    const [inNetwork, networkKey] = [truth, key].map((each) => (each === null ? null : inNetworkNames(each, own)));
    if (inNetwork === null || inNetwork === undefined) return { ...base, asked, judge: null };
    const chain = chainOf([inNetwork, networkKey ?? null], vocabulary);
    const scope = scopeOf(inNetwork, { depth: model.net?.layers.length ?? depthOf(domain), chain });
    const about = { asked: inNetwork, key: networkKey ?? null, domain, model, scope };
    return { ...base, asked, judge: { kind: "network", question: prepareNetworkQuestion(about, library) } };
  }
  if (asked !== null && question.given !== null && derivatives !== null) {
    return { ...base, asked, judge: scalar(systemTruth(asked, question.given.system, derivatives)) };
  }
  return { ...base, asked, judge: scalar(key) };
}

type Read = (what: "domain", place: Located | null, text: string, words: Vocabulary) => Formula | null;

/** In a domain the letters of layers are numbers like any other: `l < L`. */
function domainOf(domain: Located | null, vocabulary: Vocabulary, read: Read): Formula | null {
  const letters = vocabulary.layers.filter((letter) => !vocabulary.scalars.includes(letter));
  const text = (domain?.text ?? "").replace(/(?<![<>=!])=(?!=)/gu, "==");
  return read("domain", domain, text, { ...vocabulary, scalars: [...vocabulary.scalars, ...letters] });
}

/** The number of layers that a domain says, `L == 3`; null where it says none. */
function depthOf(domain: Formula | null): number | null {
  if (domain?.kind !== "comparison" || domain.relation !== "==") return null;
  const { left, right } = domain;
  const isLast = left.kind === "symbol" && left.name === "L" && left.indices.length === 0;
  return isLast && right.kind === "number" && Number.isInteger(right.value) && right.value > 0 ? right.value : null;
}

/** The quantities that have a layer and no index, where what is asked or the key has one. */
function chainOf(formulas: readonly (Formula | null)[], { quantities }: Vocabulary): ReadonlySet<string> | null {
  const layered = new Set(
    quantities.flatMap(({ name, indices, hasLayer }) => (hasLayer && indices === 0 ? [name] : [])),
  );
  const isOne = ({ name, layer }: SymbolFormula): boolean => layer !== null && layered.has(name);
  const isThere = formulas.some((formula) => formula !== null && quantitiesIn(formula).some(isOne));
  return isThere ? layered : null;
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

/** What a quantity of a given system is, or a derivative of one by another, as a formula. */
function systemTruth(asked: Formula, system: EquationSystem, derivatives: SystemDerivatives): Formula | null {
  if (asked.kind === "derivative") return derivatives(nameIn(asked.of), nameIn(asked.by));
  if (asked.kind !== "symbol") return null;
  const found = system.equations.find(({ name }) => typedName(name) === nameIn(asked));
  return found === undefined ? null : withTypedNames(found.formula);
}

function nameIn(symbol: SymbolFormula): string {
  return typedName(toText(symbol));
}

/** Equations of a given system, so that an answer in terms of any of its quantities is understood. */
function definitionsOf({ given, rule }: FormulaQuestion): ReadonlyMap<string, Formula> {
  if (given === null || rule !== null) return new Map();
  return new Map(
    given.system.equations.map(({ name, formula }) => [typedName(name), withTypedNames(formula)] as const),
  );
}

/** Derivatives of the quantities of a given system, which an answer may name; null where it has no such. */
function derivativesOf(
  { rule }: FormulaQuestion,
  derivatives: SystemDerivatives | null,
): ScalarQuestion["derivativeOf"] {
  if (derivatives === null || rule !== null) return () => null;
  return ({ of, by }) => derivatives(nameIn(of), nameIn(by));
}
