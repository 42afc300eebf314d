import { DataError } from "../../errors.ts";
import { checkNetwork } from "../../network/check-network.ts";
import { adviceUnlessPromise, isObject, shown } from "../../tree/reader.ts";

/**
 * Refuses what is no network and what is no data set, for callers without types: rows as they are, or the two swapped.
 *
 * @param where the function, which the message blames.
 * @throws OptionError, DataError that say how to make one.
 */
export function checkSubject(where: string, net: unknown, data: unknown): void {
  checkNetwork(where, net);
  checkDataset(where, data);
}

/** The same of the data alone. @throws DataError */
export function checkDataset(where: string, data: unknown): void {
  if (isObject(data) && typeof data["examples"] === "number" && ArrayBuffer.isView(data["inputs"])) return;
  const isPrepared = isObject(data) && "training" in data;
  const isDefinition = isObject(data) && "inputs" in data && "targets" in data;
  const advice = isPrepared
    ? "Take a part of it: .training."
    : isDefinition
      ? "Make one of it: dataset({ inputs, targets })."
      : "Make one: dataset({ inputs, targets }), with one row of inputs for each example.";
  throw new DataError({ where, expected: "a data set", got: shown(data), advice: adviceUnlessPromise(data, advice) });
}
