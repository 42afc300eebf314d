import { join } from "node:path";
import type { EngineName } from "../../../engine/index.ts";
import type { JsonObject } from "../../../model/index.ts";
import type { Network } from "../../../network/index.ts";
import { type Dataset, evaluate, type Score, type TrainingResult, weightsHash } from "../../../train/index.ts";
import type { ModelKeeper } from "../../files/model-keeper.ts";
import type { Refit } from "../../../defaults/refit.ts";
import { REPORT_NAME } from "../models/report.ts";
import { trainingRowsJson } from "../../../model/row-fingerprints.ts";
import { RECORD_NAME } from "../../../report/record/run-record.ts";
import type { TrainingData } from "../../../defaults/training-data.ts";
import { baselineFigure, type Outcome, scoreJson } from "../../../report/record/run-figures.ts";
import type { Settings } from "../../../defaults/settings.ts";
import { settingsJson } from "../../../defaults/settings-options.ts";

/** How a training ended; one that diverged has no result of its own, and is scored as it was kept. */
export type EndedTraining = Omit<TrainingResult, "stopped" | "state"> & { readonly stopped: Outcome["stopped"] };

/** What is known of a training that diverged: its epochs until then. */
export function divergedTraining(net: Network, data: TrainingData, history: TrainingResult["history"]): EndedTraining {
  return {
    epochs: history.length,
    bestEpoch: 0,
    history,
    train: evaluate(net, data.training.data),
    ...(data.validation === null ? {} : { validation: evaluate(net, data.validation.data) }),
    weightsHash: weightsHash(net),
    seconds: history.reduce((sum, { seconds }) => sum + seconds, 0),
    stopped: "diverged",
  };
}

/** What is needed at the end of a run. */
interface Ending {
  readonly folder: string;
  readonly keeper: ModelKeeper;
  readonly hasReport: boolean;
  readonly refit: Refit | null;
}

/** Keeps the best parameters, measures them, and writes the files. */
export function finishedRun(
  net: Network,
  data: TrainingData,
  settings: Settings,
  result: EndedTraining,
  { folder, keeper, hasReport, refit }: Ending,
): Outcome {
  const { engine } = settings;
  // A run that was interrupted or diverged has the parameters of the moment; the best are better.
  const isRestored = (result.stopped === "aborted" || result.stopped === "diverged") && keeper.restore();
  const again = (held: Dataset): Score => evaluate(net, held, { engine });
  const outcome: Outcome = {
    data,
    train: isRestored ? again(data.training.data) : result.train,
    validation: isRestored && data.validation !== null ? again(data.validation.data) : (result.validation ?? null),
    test: refit === null ? (data.test === null ? null : again(data.test.data)) : testOf(refit, engine),
    history: result.history,
    keptEpoch: settings.patience === "none" ? result.epochs : isRestored ? keeper.bestEpoch() : result.bestEpoch,
    seconds: result.seconds + (refit?.seconds ?? 0),
    stopped: result.stopped,
    weightsHash: refit?.weightsHash ?? (isRestored ? weightsHash(net) : result.weightsHash),
    refit: refit === null ? null : { rows: refit.training.examples, epochs: refit.epochs },
    modelPath: keeper.modelPath,
    curvesPath: join(folder, "curves.svg"),
    recordPath: join(folder, RECORD_NAME),
    reportPath: hasReport ? join(folder, REPORT_NAME) : null,
  };
  const summary = summaryOf(outcome, settings, refit?.training ?? data.training.data);
  keeper.save(summary, refit?.model);
  return outcome;
}

function testOf({ model, test }: Refit, engine: EngineName): Score | null {
  return test === null ? null : evaluate(model.network, test.data, { engine });
}

/** What the model's file says of its training. */
function summaryOf(outcome: Outcome, settings: Settings, trainedOn: Dataset): JsonObject {
  const { data, train: trainScore, validation, test, history, seconds, stopped } = outcome;
  const measured = data.validation ?? data.training;
  return {
    isFinished: true,
    data: data.name,
    rows: trainedOn.examples,
    train: scoreJson(trainScore),
    validation: scoreJson(validation),
    test: scoreJson(test),
    baseline: baselineFigure(measured.baseline),
    epochs: history.length,
    bestEpoch: outcome.keptEpoch,
    seconds,
    stopped,
    weightsHash: outcome.weightsHash,
    refit: outcome.refit,
    trainingRows: trainingRowsJson(trainedOn),
    settings: settingsJson(settings),
  };
}
