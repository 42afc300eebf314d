import type { Network } from "../../network/index.ts";
import { drawnValues } from "../../network/parameters.ts";
import { adviceFor, answersWithoutCost } from "../../network/last-layer.ts";
import type { Dataset } from "../examples/dataset.ts";

/** Inputs and targets beyond this are no standardized data: one step of usual size moves a weight by as much. */
const LARGE = 1e3;
/** Weights so many times as large as they are drawn have grown in training. */
const GROWN = 10;

/**
 * Why a training broke off, in a sentence or two with what to do: a cost that has no value for some answers, data of
 * another size than the weights are drawn for, or steps that overshoot. What was seen is said; what can only be supposed
 * is said to be likely.
 *
 * @param net with its parameters of before the step that went wrong.
 */
export function causeOf(net: Network, data: Dataset): string {
  const last = net.layers.at(-1);
  const fault = last === undefined ? null : answersWithoutCost(last, net.cost);
  if (fault !== null && last !== undefined) {
    return (
      `The cause is the last layer: ${last.activation.name} ${fault}, where cost "${net.cost.name}" has no finite value. ` +
      `${adviceFor(net.cost)}, or cost "meanSquaredError".`
    );
  }
  const input = largest(data.inputs);
  if (Math.abs(input.value) > LARGE) {
    const [example, k] = [Math.floor(input.at / data.inputWidth) + 1, (input.at % data.inputWidth) + 1];
    return (
      `The likely cause is the size of the inputs: input ${k} of example ${example} is ${short(input.value)}, and weights ` +
      "are drawn for inputs about 1 in size. Bring every column to mean 0 and deviation 1, or lower the learning rate."
    );
  }
  const target = data.hasLabels ? { value: 0, at: 0 } : largest(data.targets);
  if (Math.abs(target.value) > LARGE) {
    return (
      `The likely cause is the size of the targets: one is ${short(target.value)}. ` +
      "Divide them by their deviation, or lower the learning rate."
    );
  }
  const grown = net.parameters.find((each) => {
    const drawn = rootMeanSquare(drawnValues(net, each));
    return drawn > 0 && rootMeanSquare(each.values) > GROWN * drawn;
  });
  if (grown !== undefined) {
    const size = short(rootMeanSquare(grown.values));
    return (
      `The cause is the size of the steps: the ${grown.name} of layer ${grown.layer} had grown to ${size} (root mean square). ` +
      "Lower the learning rate, or clip the gradients."
    );
  }
  return "The likely cause is the size of the steps: lower the learning rate, or clip the gradients.";
}

function largest(values: ArrayLike<number>): { readonly value: number; readonly at: number } {
  let at = 0;
  for (let i = 1; i < values.length; i++) if (Math.abs(values[i] ?? 0) > Math.abs(values[at] ?? 0)) at = i;
  return { value: values[at] ?? 0, at };
}

function rootMeanSquare(values: ArrayLike<number>): number {
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i] ?? 0) ** 2 / values.length;
  return Math.sqrt(squares);
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
