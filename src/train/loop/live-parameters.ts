import type { Network } from "../../network/index.ts";

/** What brings arrays up to date, or null while they are. */
interface Freshness {
  fetch: (() => void) | null;
}

/** By a network's `parameters`: one record, however many change them. */
const freshnesses: WeakMap<Network["parameters"], Freshness> = new WeakMap();

/**
 * Makes `net.parameters` fetch its numbers when they are asked for, and not before: an engine changes them thousands of
 * times a second, a person looks now and then. The arrays stay the same; reading `values` of one parameter brings
 * all of them up to date. Of several trainers on one network, the last one that changed it is asked.
 *
 * @param fetch copies the parameters into the network's arrays.
 * @returns to be called whenever the engine has changed them.
 */
export function liveParameters(net: Network, fetch: () => void): () => void {
  const freshness = freshnesses.get(net.parameters) ?? watched(net.parameters);
  return () => {
    freshness.fetch = fetch;
  };
}

/** Puts getters in the place of the arrays; once only, as a second set would hide the first. */
function watched(parameters: Network["parameters"]): Freshness {
  const freshness: Freshness = { fetch: null };
  freshnesses.set(parameters, freshness);
  const refresh = (): void => {
    const { fetch } = freshness;
    // First of all, since `fetch` itself asks for the arrays.
    freshness.fetch = null;
    fetch?.();
  };
  for (const parameter of parameters) {
    const { values } = parameter;
    Object.defineProperty(parameter, "values", {
      configurable: true,
      enumerable: true,
      get: () => {
        refresh();
        return values;
      },
    });
  }
  return freshness;
}
