import { type Formula, toText } from "../../formula/index.ts";
import { once } from "../once.ts";
import type { NetworkLibrary } from "./network-library.ts";
import { fieldPoints, furtherPoints, realPoints } from "./points-of-question.ts";
import type { AskedOfNetworks, Cases, NetworkQuestion, Truth } from "./network-question.ts";
import { shapesOf } from "./network-shapes.ts";
import { keyDecides, truthsOn, whyNoTruth } from "./true-values.ts";

/** A question about a quantity of a network, with nothing worked out yet. */
export function prepareNetworkQuestion(asked: AskedOfNetworks, library: NetworkLibrary): NetworkQuestion {
  const shapes = shapesOf(asked);
  const others = new Map<string, NetworkQuestion>();
  const question: NetworkQuestion = {
    ...asked,
    shapes,
    library,
    truths: new Map(),
    doesKeyDecide: once(() => keyDecides(asked, shapes)),
    whyNoTruth: once(() => whyNoTruth(question)),
    field: cases(
      () => fieldPoints(question),
      (point) => truthsOn(question, point),
    ),
    further: cases(
      () => furtherPoints(question),
      (point) => truthsOn(question, point),
    ),
    real: cases(
      () => realPoints(question),
      (point) => truthsOn(question, point),
    ),
    squareValues: new Map(),
    changed: (model, domain) => {
      const name = [model.cost, model.activation, model.outputActivation, textOf(domain)].join(" ");
      const changed = { ...asked, model: { ...asked.model, ...model }, domain };
      const other = others.get(name) ?? prepareNetworkQuestion(changed, library);
      others.set(name, other);
      return other;
    },
  };
  return question;
}

/** Points as they come, each taken from its source once. */
function cases<Point, Value>(
  source: () => Iterable<Point>,
  truthsOf: (point: Point) => readonly Truth<Value>[],
): Cases<Point, Value> {
  const known: { readonly point: Point; readonly truths: () => readonly Truth<Value>[] }[] = [];
  const rest = once(() => source()[Symbol.iterator]());
  return function* () {
    for (let i = 0; ; i += 1) {
      const each = known[i];
      if (each !== undefined) {
        yield each;
        continue;
      }
      const next = rest().next();
      if (next.done === true) return;
      const point = next.value;
      const made = { point, truths: once(() => truthsOf(point)) };
      known.push(made);
      yield made;
    }
  };
}

function textOf(domain: Formula | null): string {
  return domain === null ? "" : toText(domain);
}
