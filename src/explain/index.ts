export {
  type CostDerivative,
  deriveSystem,
  type LocalDerivative,
  localDerivatives,
  type SystemDerivation,
} from "./system/derive-system.ts";
export { parseEquations } from "./system/equation-file.ts";
export { computeValues, type Equation, type EquationSystem, withValues } from "./system/equation-system.ts";
export { systemPage, type SystemPageOptions } from "./system/system-page.ts";

export { deriveFunction, type FunctionDerivation, type FunctionOptions } from "./function/derive-function.ts";
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
export { functionPage } from "./function/function-page.ts";
export { functionPlot } from "./function/function-plot.ts";
export { type NamedFunction, namedFunction } from "./function/named-function.ts";

export {
  deriveNetwork,
  type LayerGroup,
  type NetworkDerivation,
  type NetworkEquation,
} from "./network/derive-network.ts";
export type { CountTerm, GraphReader, IndexName, NamedTerm, SumTerm, Term } from "./network/graph-formula.ts";
export type { Viewpoint } from "./network/index-notation.ts";
export { networkPage } from "./network/network-page.ts";

export {
  trace,
  type LayerTrace,
  type Trace,
  type TracedQuantity,
  tracedQuantities,
  type TraceOptions,
} from "./trace/trace.ts";
export type { NumberedEquation, NumberedSum, NumberedTerm } from "./network/numbered-equation.ts";
export {
  type OpenedDerivative,
  type OpenedEquation,
  type OpenedNeuron,
  openNeuron,
  type OpenOptions,
} from "./trace/open-neuron.ts";
export { drawNetwork } from "./drawing/draw-network.ts";
export type { DrawingOptions, DrawingView, InputImage } from "./drawing/drawing.ts";
export { tracePage, type TracePageOptions } from "./drawing/trace-page.ts";

export type { Block, EquationBlock, Page, Picture, Remark, Section, Step, TableBlock } from "./page/page.ts";
export { pageToHtml, sectionHtml } from "./page/page-html.ts";
export { pageToLatex } from "./page/page-latex.ts";
export { pageToText } from "./page/page-text.ts";

export type { ProgramLanguage } from "./code/formula-code.ts";
export { networkProgram, type ProgramExamples } from "./network/network-program.ts";
export { systemProgram } from "./system/system-program.ts";

export { diagnose, type Diagnosis, type DiagnosisOptions } from "./diagnosis/diagnose.ts";
export type { HeldBackScore, SuspectColumn } from "./diagnosis/examine-columns.ts";
export type { EpochCost } from "./diagnosis/examine-course.ts";
export type { Finding, FindingKind, Place, Reason } from "./diagnosis/finding.ts";
export { followGradient, type GradientOrigin } from "./diagnosis/follow-gradient.ts";
export type { Factor, OriginStep, Verdict } from "./diagnosis/gradient-tracer.ts";
export type { LayerFigures } from "./diagnosis/layer-figures.ts";
export { type EquationName, type TextbookEquation, textbookEquations } from "./diagnosis/textbook-equations.ts";
export { watch, type Watch, type WatchedEpoch, type WatchedLayer, type WatchOptions } from "./diagnosis/watch.ts";
