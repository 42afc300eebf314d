import type { RunRecord } from "../../report/record/run-record.ts";
import type { Arguments } from "../framework/arguments.ts";

/** The options that say how DATA is to be read. */
const SOURCE_OPTIONS = ["delimiter", "decimal", "encoding", "missing", "columns", "ignore"] as const;
const SOURCE_FLAGS = ["header", "no-header"] as const;

/** As they were given. */
export function sourceOf(args: Arguments): RunRecord["source"] {
  const given = SOURCE_OPTIONS.flatMap((name): [string, string][] => {
    const value = args.given(name);
    return value === null ? [] : [[name, value]];
  });
  const flags = SOURCE_FLAGS.filter((name) => args.flag(name)).map((name): [string, string] => [name, ""]);
  return { operand: args.operand, options: Object.fromEntries([...given, ...flags]) };
}

/** Arguments that read DATA as the run did, where they say nothing of it themselves. */
export function withSource(args: Arguments, { options }: RunRecord["source"]): Arguments {
  return {
    ...args,
    flag: (name) => args.flag(name) || Object.hasOwn(options, name),
    given: (name) => args.given(name) ?? options[name] ?? null,
  };
}
