import { dataOptions } from "../../../defaults/data-options.ts";
import { readOptions } from "../../../defaults/option.ts";
import type { RequestedSettings } from "../../../defaults/settings-for.ts";
import { settingsOptions } from "../../../defaults/settings-options.ts";
import type { DataRequest } from "../../../defaults/training-data.ts";
import type { Arguments } from "../../framework/arguments.ts";
import { engineOf } from "../models/engine-option.ts";

/** The options about network and training, before any data. @throws OptionError when one is out of its range. */
export function readRequestedSettings(args: Arguments): RequestedSettings {
  const { typed, where } = args;
  return { ...readOptions(settingsOptions, typed, where), engine: engineOf(args) };
}

/** The options about what is learned from which rows. @throws OptionError when one is out of its range. */
export function readDataRequest(args: Arguments, seed: number): DataRequest {
  const { typed, where } = args;
  const { standardize, split, ...rest } = readOptions(dataOptions, typed, where);
  return { ...rest, standardize: standardize ?? true, split: split ?? "random", seed };
}
