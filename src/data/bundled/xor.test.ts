import { expect, test } from "vitest";
import { xor } from "./xor.ts";

test("xor is 1 where exactly one input is 1", () => {
  const { examples, inputs, targets } = xor();
  expect(examples).toBe(4);
  for (let i = 0; i < examples; i++) expect(targets[i]).toBe(inputs[2 * i] === inputs[2 * i + 1] ? 0 : 1);
});
