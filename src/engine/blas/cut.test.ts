import { describe, expect, expectTypeOf, test } from "vitest";
import { symbol } from "../../formula/index.ts";
import type { Instruction, MultiplyInstruction, Plan } from "../../plan/instruction.ts";
import { cutPlan, CUT_OVER } from "./cut.ts";

const fixed = (size: number): MultiplyInstruction["rows"] => ({ size, variable: null });

function multiply(rows: number, columns: number, depth: number, bias: number | null = null): MultiplyInstruction {
  return {
    kind: "multiply",
    rows: fixed(rows),
    columns: fixed(columns),
    depth: fixed(depth),
    left: { offset: 0, stride: 64 },
    isLeftTransposed: false,
    right: { offset: 4096, stride: 64 },
    isRightTransposed: true,
    output: { offset: 8192, stride: 64 },
    bias,
  };
}

const map: Instruction = {
  kind: "map",
  rows: fixed(32),
  width: 64,
  operands: [{ symbol: "u", offset: 8192, pattern: "full" }],
  equations: [{ symbol: "v", formula: symbol("u"), offset: 8192 }],
};

const planOf = (...instructions: Instruction[]): Plan => ({ instructions, arenaFloats: 12_288 });

describe("cutPlan", () => {
  test("leaves a plan without large products whole, also an empty one", () => {
    for (const plan of [planOf(), planOf(multiply(4, 4, 4), map)]) {
      expect(cutPlan(plan)).toEqual([{ kind: "plan", plan }]);
    }
  });

  test("cuts at the products from the cut-over on, and keeps all else together and in order", () => {
    const [small, large] = [multiply(4, 4, 4), multiply(32, 32, 32)];
    const parts = cutPlan(planOf(map, small, large, large, small, map));
    expect(parts).toEqual([
      { kind: "plan", plan: planOf(map, small) },
      { kind: "product", product: large, addsToOutput: false },
      { kind: "product", product: large, addsToOutput: false },
      { kind: "plan", plan: planOf(small, map) },
    ]);
  });

  test("counts multiply-adds, and the cut-over itself is large enough", () => {
    expect(cutPlan(planOf(multiply(100, 10, CUT_OVER / 1000)))[0]?.kind).toBe("product");
    expect(cutPlan(planOf(multiply(100, 10, CUT_OVER / 1000 - 1)))[0]?.kind).toBe("plan");
    expect(cutPlan(planOf(multiply(2, 2, 2)), 8)[0]?.kind).toBe("product");
  });

  test.each([
    [1, 512, 512],
    [512, 1, 512],
    [512, 512, 1],
  ])("keeps %i × %i × %i, a product with a vector, in WebAssembly", (rows, columns, depth) => {
    expect(cutPlan(planOf(multiply(rows, columns, depth))).map(({ kind }) => kind)).toEqual(["plan"]);
  });

  test("writes a bias to the output in the part before, for the product to add to", () => {
    const large = multiply(32, 32, 32, 16);
    const parts = cutPlan(planOf(map, large));
    expect(parts).toMatchObject([
      {
        kind: "plan",
        plan: {
          instructions: [
            map,
            {
              kind: "map",
              rows: fixed(32),
              width: 64,
              operands: [{ offset: 16, pattern: "row" }],
              equations: [{ offset: 8192 }],
            },
          ],
        },
      },
      { kind: "product", product: large, addsToOutput: true },
    ]);
  });

  test("an update adds to the variable that it writes over, and to a copy of one that it does not", () => {
    const large = multiply(32, 32, 32);
    const inPlace = { ...large, bias: null, update: { from: large.output, factor: 4 } };
    expect(cutPlan(planOf(inPlace))).toEqual([{ kind: "product", product: inPlace, addsToOutput: true }]);
    const aside = { ...inPlace, update: { from: { ...large.output, offset: 16 }, factor: 4 } };
    const [before, product] = cutPlan(planOf(aside));
    expect(before).toMatchObject({
      plan: { instructions: [{ kind: "map", operands: [{ offset: 16, pattern: "full" }] }] },
    });
    expect(product).toEqual({ kind: "product", product: aside, addsToOutput: true });
  });

  test("sends a batch of products, unless there is a bias to add", () => {
    const large = {
      ...multiply(32, 32, 32),
      batch: { extent: fixed(8), left: 1024, right: 0, output: 1024 },
    };
    expect(cutPlan(planOf(large))).toEqual([{ kind: "product", product: large, addsToOutput: false }]);
    expect(cutPlan(planOf({ ...large, bias: 16 })).map(({ kind }) => kind)).toEqual(["plan"]);
  });

  test("knows all that a product may ask for: a new field fails to compile here, so that it is not left out", () => {
    expectTypeOf<keyof MultiplyInstruction>().toEqualTypeOf<
      | "kind"
      | "rows"
      | "columns"
      | "depth"
      | "left"
      | "isLeftTransposed"
      | "right"
      | "isRightTransposed"
      | "output"
      | "bias"
      | "update"
      | "batch"
    >();
  });
});
