import { type Place, readKnownFields, readText } from "../../tree/reader.ts";
import type { AmountFigures, LabelFigures } from "./target-figures.ts";
import { readMeasure, readShare, readSize, wholeFields } from "./record-fields.ts";

/** The figures of one of several targets in a run's record. */
export function readTarget(place: Place): LabelFigures | AmountFigures {
  if (readKnownFields(place, ["holds"]).holds === undefined) {
    const { target, r2, mae, mse } = wholeFields(place, ["target", "r2", "mae", "mse"]);
    return { target: readText(target), r2: readMeasure(r2), mae: readMeasure(mae), mse: readMeasure(mse) };
  }
  const shares = ["accuracy", "baseline", "precision", "recall", "f1"] as const;
  const fields = wholeFields(place, ["target", "holds", ...shares, "support"]);
  return {
    target: readText(fields.target),
    holds: readText(fields.holds),
    accuracy: readShare(fields.accuracy),
    baseline: readShare(fields.baseline),
    precision: readShare(fields.precision),
    recall: readShare(fields.recall),
    f1: readShare(fields.f1),
    support: readSize(fields.support),
  };
}
