export {
  type CostDerivative,
  deriveSystem,
  type LocalDerivative,
  localDerivatives,
  type SystemDerivation,
} from "../explain/index.ts";
export { parseEquations } from "../explain/index.ts";
export { computeValues, type Equation, type EquationSystem, withValues } from "../explain/index.ts";
export { systemPage, type SystemPageOptions } from "../explain/index.ts";

export { deriveFunction, type FunctionDerivation, type FunctionOptions } from "../explain/index.ts";
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
} from "../explain/index.ts";
export { functionPage } from "../explain/index.ts";
export { functionPlot } from "../explain/index.ts";
export { type NamedFunction, namedFunction } from "../explain/index.ts";

export { deriveNetwork, type LayerGroup, type NetworkDerivation, type NetworkEquation } from "../explain/index.ts";
export type { CountTerm, GraphReader, IndexName, NamedTerm, SumTerm, Term } from "../explain/index.ts";
export type { Viewpoint } from "../explain/index.ts";
export { networkPage } from "../explain/index.ts";

export {
  trace,
  type LayerTrace,
  type Trace,
  type TracedQuantity,
  tracedQuantities,
  type TraceOptions,
} from "../explain/index.ts";
export type { NumberedEquation, NumberedSum, NumberedTerm } from "../explain/index.ts";
export {
  type OpenedDerivative,
  type OpenedEquation,
  type OpenedNeuron,
  openNeuron,
  type OpenOptions,
} from "../explain/index.ts";
export { drawNetwork } from "../explain/index.ts";
export type { DrawingOptions, DrawingView, InputImage } from "../explain/index.ts";
export { tracePage, type TracePageOptions } from "../explain/index.ts";

export type { Block, EquationBlock, Page, Picture, Remark, Section, Step, TableBlock } from "../explain/index.ts";
export { pageToHtml, sectionHtml } from "../explain/index.ts";
export { html, Html, type HtmlValue, pageScript, pageStyle, trustedHtml } from "../page/index.ts";
export { pageToLatex } from "../explain/index.ts";
export { pageToText } from "../explain/index.ts";

export type { ProgramLanguage } from "../explain/index.ts";
export { networkProgram, type ProgramExamples } from "../explain/index.ts";
export { systemProgram } from "../explain/index.ts";

export { diagnose, type Diagnosis, type DiagnosisOptions } from "../explain/index.ts";
export type { HeldBackScore, SuspectColumn } from "../explain/index.ts";
export type { EpochCost } from "../explain/index.ts";
export type { Finding, FindingKind, Place, Reason } from "../explain/index.ts";
export { followGradient, type GradientOrigin } from "../explain/index.ts";
export type { Factor, OriginStep, Verdict } from "../explain/index.ts";
export type { LayerFigures } from "../explain/index.ts";
export { type EquationName, type TextbookEquation, textbookEquations } from "../explain/index.ts";
export { watch, type Watch, type WatchedEpoch, type WatchedLayer, type WatchOptions } from "../explain/index.ts";
