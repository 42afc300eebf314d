import type { ProgramExamples } from "../../../explain/index.ts";
import type { Examples, Network } from "../../../network/index.ts";
import { dataStream, fillNormal } from "../../../random/index.ts";

/** Examples that are made for a network that has none of its own. */
const MADE_EXAMPLES = 3;

/** Inputs as standardized data have them, and targets that every cost takes: classes in turn, or amounts of 0 and 1. */
export function madeExamples(net: Network, seed: number): Examples {
  const values = new Float64Array(MADE_EXAMPLES * net.inputs);
  fillNormal(values, { seed, stream: dataStream(0) });
  const inputs = Array.from({ length: MADE_EXAMPLES }, (_, i) =>
    Array.from(values.subarray(i * net.inputs, (i + 1) * net.inputs)),
  );
  const targets = net.outputs > 1 ? inputs.map((_, i) => i % net.outputs) : inputs.map((_, i) => [i % 2]);
  return { inputs, targets };
}

/** Examples with targets as rows of values: a class label is 1 for its output, and what the cost has for the others. */
export function programExamples(net: Network, { inputs, targets }: Examples): ProgramExamples {
  const other = net.cost.otherClasses;
  const rows = targets.map((target) =>
    typeof target === "number"
      ? Array.from({ length: net.outputs }, (_, j) => (net.outputs === 1 ? target : j === target ? 1 : other))
      : target,
  );
  return { inputs, targets: rows };
}
