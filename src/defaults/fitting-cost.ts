import type { Task } from "../data/index.ts";
import { type ActivationName, type CostName, costNames } from "../network/index.ts";

/** The cost that suits a task. */
export const defaultCosts: Readonly<Record<Task, CostName>> = {
  classification: "crossEntropy",
  // Each label by itself.
  multilabel: "binaryCrossEntropy",
  regression: "meanSquaredError",
};

/** What the last layer needs, to give outputs that the cost is made for; null when the cost is for the other task. */
export function lastActivation(cost: CostName, task: Task): ActivationName | null {
  if (task === "multilabel") return cost === "binaryCrossEntropy" ? "sigmoid" : null;
  switch (cost) {
    case "crossEntropy":
      return task === "classification" ? "softmax" : null;
    case "binaryCrossEntropy":
      return task === "classification" ? "sigmoid" : null;
    case "hinge":
      return task === "classification" ? "identity" : null;
    // Amounts above 0.
    case "poisson":
      return "softplus";
    // 1 for an example's own class and 0 for others, or any amount.
    case "quadratic":
    case "meanSquaredError":
    case "meanAbsoluteError":
    case "huber":
    case "logCosh":
      return task === "classification" ? "sigmoid" : "identity";
  }
}

/** The costs that are for a task. */
export function fittingCosts(task: Task): readonly CostName[] {
  return costNames.filter((name) => lastActivation(name, task) !== null);
}
