import { type Engine, engineNamed, engineNames } from "../engine/index.ts";
import type { Arguments } from "./arguments.ts";

/**
 * The engine that `--engine` asks for; `auto` as what it stands for, so that reports name what has computed.
 *
 * @throws OptionError for an unknown name, and for `blas` where something it needs is missing: before any work.
 */
export function engineOf(args: Arguments): Engine["name"] {
  return engineNamed(args.choice("engine", engineNames)).name;
}
