import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { engineNamed } from "../../src/engine/index.ts";
import type { Engine, Session } from "../../src/engine/engine.ts";
import type { InputNode } from "../../src/graph/node.ts";
import { choices, numbers, type RandomProgram, randomProgram } from "./random-program.ts";

const engines: readonly Engine[] = [engineNamed("reference"), engineNamed("wasm")];
const reference = engineNamed("reference");

describe.each(engines)("engine $name", (engine) => {
  test("computes what the reference computes, for random programs, batches and two runs with updates", () => {
    fc.assert(
      fc.property(choices, fc.nat(8), (stream, smaller) => {
        const random = randomProgram(stream);
        const extent = Math.max(1, random.examples.size - smaller);
        const expected = play(reference, random, extent);
        const actual = play(engine, random, extent);
        for (const [name, values] of Object.entries(expected)) {
          expectClose(actual[name]!, values, name);
        }
      }),
      { numRuns: 400 },
    );
  });
});

/** Two runs, the second with a smaller batch and on the updated variables; all outputs and variables of both. */
function play(engine: Engine, { program, examples, inputs, variables }: RandomProgram, extent: number) {
  const session: Session = engine.open();
  for (const [n, each] of variables.entries()) session.write(each, numbers(each.axes, new Map(), 100 + n));
  const executable = session.prepare(program);
  const found: Record<string, ArrayLike<number>> = {};
  for (const [run, size] of [examples.size, extent].entries()) {
    const extents = new Map([[examples, size]]);
    const given = new Map<InputNode, ArrayLike<number>>(
      inputs.map((each, n) => [each, numbers(each.axes, extents, n)]),
    );
    executable.run({ inputs: given, extents, seed: 5, step: run });
    for (const name of Object.keys(program.outputs)) found[`run ${run} output ${name}`] = executable.output(name);
    for (const each of variables) found[`run ${run} variable ${each.name}`] = session.read(each);
  }
  return found;
}

/**
 * Float32 keeps 2^-24 relative per operation; programs here are up to 20 operations deep with sums of at most 35 · 35
 * terms and may cancel, hence 1e-3 of the tensor's largest magnitude. Layout and fusion mistakes are far larger.
 */
function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, name: string): void {
  expect(actual.length, name).toBe(expected.length);
  let scale = 1e-3;
  for (let i = 0; i < expected.length; i++) scale = Math.max(scale, Math.abs(expected[i]!));
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i]! - expected[i]!);
    if (!(difference <= 1e-3 * scale)) expect.fail(`${name}[${i}]: expected ${expected[i]}, got ${actual[i]}`);
  }
}
