import { OptionError } from "../errors.ts";
import { adviceUnlessPromise, isObject, shown } from "../tree/reader.ts";

/**
 * Refuses what is no network, for callers without types: a model, a file's text, data in the network's place.
 *
 * @param where the function, which the message blames.
 * @throws OptionError that says how to make one.
 */
export function checkNetwork(where: string, net: unknown): void {
  if (isObject(net) && Array.isArray(net["layers"]) && Array.isArray(net["parameters"])) return;
  const isModel = isObject(net) && isObject(net["network"]);
  const advice = isModel ? "Take the model's: .network." : "Make one: network(4, [dense(1)]).";
  throw new OptionError({
    where,
    expected: "a network first",
    got: shown(net),
    advice: adviceUnlessPromise(net, advice),
  });
}
