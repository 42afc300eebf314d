export {
  type CostDerivative,
  deriveSystem,
  type LocalDerivative,
  localDerivatives,
  type SystemDerivation,
} from "./derive-system.ts";
export { parseEquations } from "./equation-file.ts";
export { computeValues, type Equation, type EquationSystem, withValues } from "./equation-system.ts";
export { systemPage, type SystemPageOptions } from "./system-page.ts";

export { deriveFunction, type FunctionDerivation, type FunctionOptions } from "./derive-function.ts";
export type {
  Basis,
  Claim,
  DomainClaim,
  JumpClaim,
  KinkClaim,
  Largest,
  LargestClaim,
  LimitClaim,
  OpenClaim,
  PeriodClaim,
  Range,
} from "./function/claim.ts";
export { functionPage } from "./function-page.ts";
export { functionPlot } from "./function-plot.ts";
export { type NamedFunction, namedFunction } from "./named-function.ts";

export { deriveNetwork, type LayerGroup, type NetworkDerivation, type NetworkEquation } from "./derive-network.ts";
export type { CountTerm, GraphReader, IndexName, NamedTerm, SumTerm, Term } from "./graph-formula.ts";
export type { Viewpoint } from "./index-notation.ts";
export { networkPage } from "./network-page.ts";

export {
  trace,
  type LayerTrace,
  type Trace,
  type TracedQuantity,
  tracedQuantities,
  type TraceOptions,
} from "./trace.ts";
export type { NumberedEquation, NumberedSum, NumberedTerm } from "./numbered-equation.ts";
export {
  type OpenedDerivative,
  type OpenedEquation,
  type OpenedNeuron,
  openNeuron,
  type OpenOptions,
} from "./open-neuron.ts";
export { drawNetwork } from "./draw-network.ts";
export type { DrawingOptions, DrawingView, InputImage } from "./drawing.ts";
export { tracePage, type TracePageOptions } from "./trace-page.ts";

export type { Block, EquationBlock, Page, Picture, Remark, Section, Step, TableBlock } from "./page.ts";
export { pageToHtml, sectionHtml } from "./page-html.ts";
export { html, Html, type HtmlValue, trustedHtml } from "../page/index.ts";
export { pageToLatex } from "./page-latex.ts";
export { pageScript, pageStyle } from "./page-style.ts";
export { pageToText } from "./page-text.ts";

export type { ProgramLanguage } from "./formula-code.ts";
export { networkProgram, type ProgramExamples } from "./network-program.ts";
export { systemProgram } from "./system-program.ts";

export { diagnose, type Diagnosis, type DiagnosisOptions } from "./diagnosis/diagnose.ts";
export type { HeldBackScore, SuspectColumn } from "./diagnosis/examine-columns.ts";
export type { EpochCost } from "./diagnosis/examine-course.ts";
export type { Finding, FindingKind, Place, Reason } from "./diagnosis/finding.ts";
export { followGradient, type GradientOrigin } from "./diagnosis/follow-gradient.ts";
export type { Factor, OriginStep, Verdict } from "./diagnosis/gradient-tracer.ts";
export type { LayerFigures } from "./diagnosis/layer-figures.ts";
export { type EquationName, type TextbookEquation, textbookEquations } from "./diagnosis/textbook-equations.ts";
export { watch, type Watch, type WatchedEpoch, type WatchedLayer, type WatchOptions } from "./diagnosis/watch.ts";
