import { OptionError } from "../../../errors.ts";
import { type EngineName, engineFrom, engineNames, resolvedName } from "../../../engine/index.ts";
import type { Arguments } from "../../framework/arguments.ts";

/**
 * The engine that `--engine` or `--fast` asks for; `auto` as what it stands for, so that reports name what has computed.
 *
 * @throws OptionError for an unknown name, for two engines at once, and for `blas` where something it needs is missing:
 * before any work.
 */
export function engineOf(args: Arguments): Exclude<EngineName, "auto"> {
  const name = args.choice("engine", engineNames);
  if (!args.flag("fast")) {
    engineFrom(name);
    return resolvedName(name);
  }
  if (name !== "auto" && name !== "fast") {
    throw new OptionError({
      where: "--fast",
      expected: "it without --engine",
      got: `--engine ${name}`,
      advice: "Leave out one of the two.",
    });
  }
  return "fast";
}
