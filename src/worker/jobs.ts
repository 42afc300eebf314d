import {
  deriveFunction,
  deriveNetwork,
  deriveSystem,
  diagnose,
  type Diagnosis,
  type DiagnosisOptions,
  followGradient,
  functionPage,
  type GradientOrigin,
  namedFunction,
  networkPage,
  type OpenedNeuron,
  openNeuron,
  pageToHtml,
  parseEquations,
  systemPage,
  type Trace,
  trace,
  type TraceOptions,
  tracePage,
  type TracePageOptions,
} from "../explain/index.ts";
import {
  type AnswerCheck,
  type Answers,
  type AnswersCheck,
  type AnswersOptions,
  checkAnswers,
  type CheckOptions,
  lintSheet,
  type SheetFinding,
} from "../exercise/index.ts";
import { parseFreeFormula } from "../formula/index.ts";
import type { MatrixLike, Network, Rows, Targets } from "../network/index.ts";
import type { Dataset } from "../train/index.ts";
import { preparedSheet, type SheetSource } from "./kept-sheets.ts";

/** What is to be derived: a formula, a function or a system of equations as text, or a network; null for the general network. */
export type DerivedSubject =
  | { readonly formula: string }
  | { readonly equations: string }
  | { readonly network: Network | null };

/** Examples with their targets. */
export interface JobExamples {
  readonly inputs: MatrixLike;
  readonly targets: Targets;
}

/** What a worker can do, by name. Arguments and results are plain data, as messages between threads carry them. */
export interface Jobs {
  /** Judges a typed answer (`checkAnswer`), with what equal answers share (`answerKey`). */
  readonly checkAnswer: (
    sheet: SheetSource,
    question: string,
    answer: string,
    options?: CheckOptions,
  ) => { readonly check: AnswerCheck; readonly key: string | null };
  /** `checkAnswers` */
  readonly checkAnswers: (sheet: SheetSource, answers: Answers, options?: AnswersOptions) => AnswersCheck;
  /** `lintSheet` */
  readonly lintSheet: (sheet: SheetSource) => readonly SheetFinding[];
  /** `trace` */
  readonly trace: (net: Network, examples: JobExamples, options?: TraceOptions) => Trace;
  /** `openNeuron` of the trace of one example, counted from 1. */
  readonly openNeuron: (
    net: Network,
    examples: JobExamples,
    place: { readonly example: number; readonly layer: number; readonly neuron: number },
  ) => OpenedNeuron;
  /** The page of a trace, as HTML: `pageToHtml(tracePage(trace(…)))`. */
  readonly explainPage: (
    net: Network,
    examples: JobExamples,
    options?: TraceOptions & Pick<TracePageOptions, "drawing" | "outputNames" | "name">,
  ) => string;
  /** The page of a derivation, as HTML. */
  readonly derivePage: (subject: DerivedSubject) => string;
  /** `diagnose` */
  readonly diagnose: (net: Network, data: Dataset, options?: DiagnosisOptions) => Diagnosis;
  /** `followGradient` */
  readonly followGradient: (
    net: Network,
    examples: { readonly inputs: Rows; readonly targets: Targets },
    parameter: string,
  ) => GradientOrigin;
}

/** The name of a job. */
export type JobName = keyof Jobs;

/** What does each job. */
export const jobs: Jobs = {
  checkAnswer: (sheet, id, answer, options) => {
    const question = preparedSheet(sheet).question(id);
    return { check: question.check(answer, options), key: question.answerKey(answer) };
  },
  checkAnswers: (sheet, answers, options) => checkAnswers(preparedSheet(sheet).sheet, answers, options),
  lintSheet: (sheet) => lintSheet(preparedSheet(sheet).sheet),
  trace: (net, { inputs, targets }, options) => trace(net, inputs, targets, options),
  openNeuron: (net, { inputs, targets }, { example, layer, neuron }) =>
    openNeuron(trace(net, inputs, targets, { engine: "reference", examples: [example] }), { layer, neuron }),
  explainPage: (net, { inputs, targets }, { drawing, outputNames, name, ...options } = {}) => {
    const shown = {
      ...(drawing === undefined ? {} : { drawing }),
      ...(outputNames === undefined ? {} : { outputNames }),
      ...(name === undefined ? {} : { name }),
    };
    return pageToHtml(tracePage(trace(net, inputs, targets, options), shown));
  },
  derivePage: (subject) => {
    if ("equations" in subject) return pageToHtml(systemPage(deriveSystem(parseEquations(subject.equations))));
    if ("network" in subject) return pageToHtml(networkPage(deriveNetwork(subject.network ?? undefined)));
    const named = namedFunction(subject.formula);
    if (named !== null) return pageToHtml(functionPage(deriveFunction(named.formula, { name: named.name })));
    const { formula, name } = parseFreeFormula(subject.formula);
    return pageToHtml(functionPage(deriveFunction(formula, { name: name ?? "f" })));
  },
  diagnose: (net, data, options) => diagnose(net, data, options),
  followGradient: (net, examples, parameter) => followGradient(net, examples, parameter),
};
