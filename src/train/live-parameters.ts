import type { Network } from "../network/index.ts";

/**
 * Makes `net.parameters` fetch its numbers when they are asked for, and not before: an engine changes them thousands of
 * times a second, a person looks now and then. The arrays stay the same; reading `weights` or `biases` of a layer brings
 * those of all layers up to date.
 *
 * @param fetch copies the parameters into the network's arrays.
 * @returns to be called whenever the engine has changed them.
 */
export function liveParameters(net: Network, fetch: () => void): () => void {
  let isStale = false;
  const refresh = (): void => {
    if (!isStale) return;
    // First of all, since `fetch` itself asks for the arrays.
    isStale = false;
    fetch();
  };
  for (const parameters of net.parameters) {
    const { weights, biases } = parameters;
    const whenRead = (values: Float64Array | null): PropertyDescriptor => ({
      configurable: true,
      enumerable: true,
      get: () => {
        refresh();
        return values;
      },
    });
    Object.defineProperties(parameters, { weights: whenRead(weights), biases: whenRead(biases) });
  }
  return () => {
    isStale = true;
  };
}
