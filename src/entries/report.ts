export { curvesSvg } from "../report/index.ts";
export { reportHtml } from "../report/index.ts";
export { type Evaluation, evaluateModel, evaluationJson } from "../report/index.ts";
export type { Image } from "../report/index.ts";
export { type MeasuredRecord, measuredRecord, type Mistake } from "../report/index.ts";
export { recordFrom } from "../report/index.ts";
export type { Outcome, RunFigures, ScoreJson } from "../report/index.ts";
export type { EpochRecord, LayerFlow, LayerRecord, RunRecord } from "../report/index.ts";
export { recordOf } from "../report/index.ts";
export {
  type AmountFigures,
  amountFigures,
  type LabelFigures,
  labelFigures,
  type TargetAnswers,
} from "../report/index.ts";
export type { RunSources } from "../report/record/run-recorder.ts";
