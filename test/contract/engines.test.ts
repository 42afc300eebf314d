import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { engineNamed } from "../../src/engine/index.ts";
import type { Engine, Session } from "../../src/engine/engine.ts";
import type { Axis, InputNode } from "../../src/graph/node.ts";
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
        const disturbed = [1, 2, 3].map((disturbance) => play(reference, random, extent, disturbance));
        const actual = play(engine, random, extent);
        for (const [name, values] of Object.entries(expected)) {
          expectClose(
            actual[name]!,
            values,
            disturbed.map((each) => each[name]!),
            name,
          );
        }
      }),
      { numRuns: 300 },
    );
  });
});

/**
 * Two runs, the second with a smaller batch and on the updated variables; all outputs and variables of both. A
 * disturbance other than 0 shifts what goes in by up to 1e-6, in a way of its own.
 */
function play(
  engine: Engine,
  { program, examples, inputs, variables }: RandomProgram,
  extent: number,
  disturbance = 0,
): Readonly<Record<string, ArrayLike<number>>> {
  const values = (axes: readonly Axis[], extents: ReadonlyMap<Axis, number>, stream: number): Float64Array => {
    const shifts = numbers(axes, extents, 1000 * disturbance + stream);
    return numbers(axes, extents, stream).map((value, i) => (disturbance === 0 ? value : value + 1e-6 * shifts[i]!));
  };
  const session: Session = engine.open();
  for (const [n, each] of variables.entries()) session.write(each, values(each.axes, new Map(), 100 + n));
  const executable = session.prepare(program);
  const found: Record<string, ArrayLike<number>> = {};
  for (const [run, size] of [examples.size, extent].entries()) {
    const extents = new Map([[examples, size]]);
    const given = new Map<InputNode, ArrayLike<number>>(
      inputs.map((each, n) => [each, values(each.axes, extents, n)]),
    );
    executable.run({ inputs: given, extents, seed: 5, step: run });
    for (const name of Object.keys(program.outputs)) found[`run ${run} output ${name}`] = executable.output(name);
    for (const each of variables) found[`run ${run} variable ${each.name}`] = session.read(each);
  }
  return found;
}

/**
 * Float32 rounds every number to a relative 6e-8. How far that may carry depends on the program: where terms cancel, far.
 * So the reference says it itself, by what it gives when its inputs are off by up to 1e-6: ten times that, plus 1e-4 of
 * the tensor's largest magnitude for the roundings in between. Mistakes of layout and fusion are far larger.
 */
function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  disturbed: readonly ArrayLike<number>[],
  name: string,
): void {
  expect(actual.length, name).toBe(expected.length);
  let scale = 1e-3;
  for (let i = 0; i < expected.length; i++) scale = Math.max(scale, Math.abs(expected[i]!));
  for (let i = 0; i < expected.length; i++) {
    const sensitivity = Math.max(...disturbed.map((each) => Math.abs(each[i]! - expected[i]!)));
    const difference = Math.abs(actual[i]! - expected[i]!);
    if (!(difference <= 10 * sensitivity + 1e-4 * scale)) {
      expect.fail(`${name}[${i}]: expected ${expected[i]}, got ${actual[i]}`);
    }
  }
}
