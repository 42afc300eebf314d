import type { Program } from "../../graph/index.ts";
import { type Network, networkEquations, type NetworkEquations } from "../../network/index.ts";
import { clippedGradients, type Clipping } from "../rules/clipping.ts";
import { type UpdateEquations, updateEquations } from "../rules/update-equations.ts";
import type { UpdateRule } from "../rules/update-rules.ts";

/** What a network is trained with. */
export interface TrainingProgramOptions {
  /** The most examples of one step. */
  readonly capacity: number;
  readonly targets: "values" | "labels";
  readonly rule: UpdateRule;
  readonly clip: Clipping | null;
  /** True where the examples have weights. Default false. */
  readonly isWeighted?: boolean;
}

/** One step of training as a graph: forward, backward, update. */
export interface TrainingProgram {
  readonly equations: NetworkEquations;
  readonly rule: UpdateEquations;
  /** Its output `cost` is C before the update. */
  readonly program: Program;
}

/**
 * The equations of one step: the network's, and its parameters' updates. Its scalar inputs, such as η, take their values from
 * `rule.scalarsAt`, from the steps done.
 *
 * @throws ShapeError when `capacity` is not a whole number from 1 up.
 */
export function trainingProgram(net: Network, options: TrainingProgramOptions): TrainingProgram {
  const { capacity, targets, clip, isWeighted = false } = options;
  const equations = networkEquations(net, { capacity, targets, isTraining: true, isWeighted });
  const pairs = equations.parameters.map(({ variable, gradient }) => ({ parameter: variable, gradient }));
  const gradients = pairs.map(({ gradient }) => gradient);
  const applied = clip === null ? gradients : clippedGradients(gradients, clip);
  const rule = updateEquations(
    options.rule,
    pairs.map((pair, i) => ({ ...pair, gradient: applied[i] ?? pair.gradient })),
  );
  return { equations, rule, program: { outputs: { cost: equations.cost }, updates: rule.updates } };
}
