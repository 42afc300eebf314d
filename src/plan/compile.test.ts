import fc from "fast-check";
import { expect, test } from "vitest";
import { literalMachine } from "../../test/contract/literal-machine.ts";
import { choices, numbers, randomProgram } from "../../test/contract/random-program.ts";
import { referenceEngine } from "../engine/reference/engine.ts";
import type { InputNode } from "../graph/node.ts";
import { compilePlan } from "./compile.ts";

test("a plan, taken literally in float64, gives what the graph gives: its order, fusion and places are right", () => {
  fc.assert(
    fc.property(choices, fc.nat(8), (stream, smaller) => {
      const { program, examples, inputs, variables } = randomProgram(stream);
      const extents = new Map([[examples, Math.max(1, examples.size - smaller)]]);

      const session = referenceEngine.open();
      const given = new Map<InputNode, Float64Array>(inputs.map((each, n) => [each, numbers(each.axes, extents, n)]));
      for (const [n, each] of variables.entries()) session.write(each, numbers(each.axes, new Map(), 100 + n));
      const executable = session.prepare(program);
      executable.run({ inputs: given, extents, seed: 5, step: 1 });

      const machine = literalMachine();
      const plan = compilePlan(program, machine);
      machine.prepare(plan, extents);
      for (const [n, each] of variables.entries()) {
        machine.write(machine.placeOf(each), numbers(each.axes, new Map(), 100 + n), new Map());
      }
      for (const [node, place] of plan.inputs) machine.write(place, given.get(node)!, extents);
      for (const instruction of plan.instructions) machine.run(instruction);

      for (const name of Object.keys(program.outputs)) {
        expectSame(machine.read(plan.outputs[name]!, extents), executable.output(name), name);
      }
      for (const each of variables) {
        expectSame(machine.read(machine.placeOf(each), new Map()), session.read(each), each.name);
      }
    }),
    { numRuns: 2000 },
  );
  // Half a minute on two free cores; every plan is verified too.
}, 300_000);

/** The same operations in float64, though sums may be grouped otherwise: some 1e-16 a term, amplified by cancellation. */
function expectSame(actual: ArrayLike<number>, expected: ArrayLike<number>, name: string): void {
  expect(actual.length, name).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const bound = 1e-9 * (1 + Math.abs(expected[i]!));
    if (!(Math.abs(actual[i]! - expected[i]!) <= bound)) {
      expect.fail(`${name}[${i}]: expected ${expected[i]}, got ${actual[i]}`);
    }
  }
}
