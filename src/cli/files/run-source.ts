import type { RunRecord } from "../../report/record/run-record.ts";
import type { Arguments } from "../framework/arguments.ts";
import { csvOptions } from "../framework/definition.ts";

/** As they were given. */
export function sourceOf(args: Arguments): RunRecord["source"] {
  const given = csvOptions.flatMap(({ name, value: placeholder }): [string, string][] => {
    if (placeholder === null) return args.flag(name) ? [[name, ""]] : [];
    const value = args.given(name);
    return value === null ? [] : [[name, value]];
  });
  return { operand: args.operand, options: Object.fromEntries(given) };
}

/** Arguments that read DATA as the run did, where they say nothing of it themselves. */
export function withSource(args: Arguments, { options }: RunRecord["source"]): Arguments {
  return {
    ...args,
    flag: (name) => args.flag(name) || Object.hasOwn(options, name),
    given: (name) => args.given(name) ?? options[name] ?? null,
  };
}
