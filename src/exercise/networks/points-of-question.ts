import { apart } from "../../formula/budget.ts";
import { type Formula, postorder } from "../../formula/index.ts";
import { type FieldPoint, fieldPoint } from "./field-point.ts";
import { freePoint, isFree } from "./free-point.ts";
import type { Kept } from "./network-library.ts";
import type { NetworkPoint } from "./network-point.ts";
import type { NetworkQuestion } from "./network-question.ts";
import { furtherShapes } from "./network-shapes.ts";
import { generalChoices, realPoint } from "./real-point.ts";

/** Whether a width, `n_l`, stands in a formula. */
export function hasWidths(formula: Formula): boolean {
  return postorder(formula).some((part) => part.kind === "symbol" && part.name === "n");
}

/**
 * Networks over the field, always the same for a model. None where the cost has a penalty on the weights, which the field does not
 * know.
 */
export function* fieldPoints(question: NetworkQuestion): Iterable<FieldPoint> {
  const { model, library, shapes } = question;
  if (hasPenalty(question)) return;
  yield* keptPoints(question, library.field, shapes, (widths, i) => fieldPoint(model, widths, `field ${i}`));
}

/** Further ones for formulas that have widths in them. */
export function* furtherPoints(question: NetworkQuestion): Iterable<FieldPoint> {
  const { model, library } = question;
  if (hasPenalty(question) || question.scope.chain !== null || model.net !== null) return;
  yield* keptPoints(question, library.further, furtherShapes, (widths, i) => fieldPoint(model, widths, `further ${i}`));
}

function hasPenalty({ model: { net } }: NetworkQuestion): boolean {
  return net !== null && (net.regularization.l1 > 0 || net.regularization.l2 > 0);
}

/** How many networks of each shape: with fewer, max(0, a - t) is right for the ReLU wherever it is looked at. */
const networksPerShape = 4;

/**
 * Networks in float64, always the same for a model; with different choices where it is general, and then also with any f and C.
 */
export function* realPoints(question: NetworkQuestion): Iterable<NetworkPoint<number>> {
  const { model, library, shapes } = question;
  const all = Array.from({ length: networksPerShape }, () => shapes).flat();
  yield* keptPoints(question, library.real, all, (widths, number) => {
    const round = Math.floor(number / shapes.length);
    const i = number % shapes.length;
    const choice = generalChoices[(i + round) % generalChoices.length];
    if (choice === undefined) return null;
    return realPoint(model, choice, widths, `real ${i} ${round}`);
  });
  if (!isFree(model)) return;
  yield* keptPoints(question, library.free, shapes.slice(0, 2), (widths, i) =>
    freePoint(model.functions, widths, { seed: `free ${i}`, size: 2 }),
  );
}

/** Each network is made when it is asked for, and kept: most wrong answers are seen on the first. */
function* keptPoints<Point>(
  { model, library }: NetworkQuestion,
  kept: Kept<Point>,
  widths: readonly (readonly number[])[],
  make: (widths: readonly number[], number: number) => Point | null,
): Iterable<Point> {
  const key = `${library.modelKey(model)} ${widths.map((each) => each.join("-")).join(" ")}`;
  const points = kept.get(key) ?? [];
  kept.set(key, points);
  for (const [number, each] of widths.entries()) {
    const known = points[number];
    const point = known === undefined ? apart(Number.POSITIVE_INFINITY, () => make(each, number)) : known;
    points[number] = point;
    if (point !== null) yield point;
  }
}
