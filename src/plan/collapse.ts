import type { Axis } from "../graph/node.ts";
import type { Steps } from "./layout.ts";

/**
 * Axis collapsing. In memory two neighboring axes are one where a step along the outer one is as long as all steps along
 * the inner one together. Several tensors that all walk a pair of axes so, or do not have it at all, walk one axis of so many
 * positions: element by element, [examples, tokens, units] is [examples · tokens, units].
 */

/**
 * The axes in runs, each of which every one of the tensors walks as one. An axis that a tensor lacks has step 0 there.
 *
 * An inner axis of variable size leaves gaps in its run where a batch is smaller: the positions in them hold garbage, which
 * maps may compute on.
 */
export function collapsed(axes: readonly Axis[], tensors: readonly Steps[]): readonly (readonly Axis[])[] {
  const runs: Axis[][] = [];
  for (const axis of axes) {
    const run = runs.at(-1);
    const outer = run?.at(-1);
    const isOne = outer !== undefined && tensors.every((steps) => stepAlong(outer, steps) === lengthAlong(axis, steps));
    if (run !== undefined && isOne) run.push(axis);
    else runs.push([axis]);
  }
  return runs;
}

/**
 * Floats from one position to the next along the axes taken as one, or null where the tensor does not walk them so. No axes:
 * 0, as there is one position.
 */
export function stepAlongAll(axes: readonly Axis[], steps: Steps): number | null {
  const last = axes.at(-1);
  if (last === undefined) return 0;
  const isOne = axes.every((axis, i) => i === 0 || stepAlong(axes[i - 1]!, steps) === lengthAlong(axis, steps));
  return isOne ? stepAlong(last, steps) : null;
}

/** True for axes whose positions in use follow one another without gaps, in a smaller batch too. */
export function isGapless(axes: readonly Axis[]): boolean {
  return axes.every(({ isVariable }, i) => i === 0 || !isVariable);
}

/** Floats from one position to the next; 0 along an axis that the tensor lacks. */
export function stepAlong(axis: Axis, steps: Steps): number {
  return steps.get(axis) ?? 0;
}

function lengthAlong(axis: Axis, steps: Steps): number {
  return axis.size * stepAlong(axis, steps);
}
