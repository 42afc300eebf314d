import { type Formula, toText } from "../../formula/index.ts";
import { once } from "../once.ts";
import type { NetworkLibrary } from "./network-library.ts";
import type { AskedOfNetworks, NetworkQuestion } from "./network-question.ts";
import { shapesOf } from "./network-shapes.ts";
import { keyDecides } from "./true-values.ts";

/** A question about a quantity of a network, with nothing worked out yet. */
export function prepareNetworkQuestion(asked: AskedOfNetworks, library: NetworkLibrary): NetworkQuestion {
  const shapes = shapesOf(asked);
  const others = new Map<string, NetworkQuestion>();
  return {
    ...asked,
    shapes,
    library,
    truths: new Map(),
    doesKeyDecide: once(() => keyDecides(asked, shapes)),
    squareValues: new Map(),
    changed: (model, domain) => {
      const name = [model.cost, model.activation, model.outputActivation, textOf(domain)].join(" ");
      const changed = { ...asked, model: { ...asked.model, ...model }, domain };
      const other = others.get(name) ?? prepareNetworkQuestion(changed, library);
      others.set(name, other);
      return other;
    },
  };
}

function textOf(domain: Formula | null): string {
  return domain === null ? "" : toText(domain);
}
