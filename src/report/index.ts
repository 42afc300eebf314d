export { curvesSvg } from "./page/curves-svg.ts";
export { reportHtml } from "./page/report-html.ts";
export { type Evaluation, evaluateModel, evaluationJson } from "./record/evaluation.ts";
export type { Image } from "./record/images.ts";
export { type MeasuredRecord, measuredRecord, type Mistake } from "./record/measured-record.ts";
export { recordFrom } from "./record/read-record.ts";
export type { Outcome, RunFigures, ScoreJson } from "./record/run-figures.ts";
export type { EpochRecord, LayerFlow, LayerRecord, RunRecord } from "./record/run-record.ts";
export { recordOf } from "./record/run-recorder.ts";
export {
  type AmountFigures,
  amountFigures,
  type LabelFigures,
  labelFigures,
  type TargetAnswers,
} from "./record/target-figures.ts";
