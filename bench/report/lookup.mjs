// Questions to the results.

/** Median microseconds of a step: of one side, or the least of several; null where none was timed. */
export function stepTime(results, net, ...sides) {
  const found = results.steps.filter((entry) => entry.net === net && sides.includes(entry.side));
  const medians = found.flatMap(({ microseconds }) => (microseconds === undefined ? [] : [microseconds.median]));
  return medians.length === 0 ? null : Math.min(...medians);
}

/** Names of the sides of a kind. */
export const sidesOfKind = (results, kind) =>
  results.sides.filter((side) => side.kind === kind).map(({ name }) => name);

export const labelOf = (results, name) =>
  name === "node" ? "Node alone" : (results.sides.find((side) => side.name === name)?.label ?? name);

/** "*" where a side computes something near the net, and not the net itself. */
export function starOf(results, net, side) {
  const entry = results.steps.find((each) => each.net === net && each.side === side);
  return (entry?.note ?? null) === null ? "" : "*";
}

/** The fastest of a kind on a net: `{ label, microseconds }`, or null. */
export function fastestOf(results, net, kind) {
  const timed = sidesOfKind(results, kind).flatMap((name) => {
    const microseconds = stepTime(results, net, name);
    return microseconds === null ? [] : [{ label: labelOf(results, name) + starOf(results, net, name), microseconds }];
  });
  return timed.toSorted((a, b) => a.microseconds - b.microseconds)[0] ?? null;
}

/** a/b, or null where one is missing. */
export const ratio = (a, b) => (a === null || b === null ? null : a / b);

/** Median milliseconds from a process's start to its first step. */
export const startUpTime = (results, side) =>
  results.startUp.find((entry) => entry.side === side)?.milliseconds.median ?? null;

export const PYTORCH = ["pytorch-1", "pytorch-2"];
export const BLAS = ["blas-1", "blas-2"];
