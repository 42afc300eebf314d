import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { call, type Formula, type FunctionName, functions, power, symbol } from "../../formula/index.ts";
import { createMachine } from "./machine.ts";

/** Values of a formula in `x` and `y` at points given as float32, computed by the kernels. */
function evaluate(formula: Formula, xs: ArrayLike<number>, ys: ArrayLike<number> = [0]): Float32Array {
  const machine = createMachine();
  const width = Math.ceil(xs.length / 4) * 4;
  const [x, y, out] = [machine.allocate(width), machine.allocate(width), machine.allocate(width)];
  machine.floats().set(xs, x);
  machine.floats().set(ys, y);
  const plan = machine.load({
    instructions: [
      {
        kind: "map",
        rows: { size: 1, variable: null },
        width,
        operands: [
          { symbol: "x", offset: x, pattern: "full" },
          { symbol: "y", offset: y, pattern: "full" },
        ],
        equations: [{ symbol: "z", formula, offset: out }],
      },
    ],
    arenaFloats: 0,
  });
  machine.run(plan, [], 0, 0);
  return machine.floats().slice(out, out + xs.length);
}

const one = (name: FunctionName, xs: ArrayLike<number>): Float32Array => evaluate(call(name, symbol("x")), xs);
const pow = (xs: ArrayLike<number>, ys: ArrayLike<number>): Float32Array =>
  evaluate(power(symbol("x"), symbol("y")), xs, ys);

/** Distance in units of the last place of a float32 of the size of `exact`. */
function errorInUlps(got: number, exact: number): number {
  if (Object.is(got, Math.fround(exact)) || got === Math.fround(exact)) return 0;
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(exact))), -126);
  return Math.abs(got - exact) / 2 ** (exponent - 23);
}

const floatOfBits = (hexadecimal: string): number => {
  const bits = Uint32Array.of(Number.parseInt(hexadecimal, 16));
  return new Float32Array(bits.buffer)[0]!;
};

/** Lines of the table, by function. */
const table = new Map<string, { argument: number; exponent: number; exact: number }[]>();
for (const line of readFileSync(new URL("../../../kernels/elementary.csv", import.meta.url), "utf8")
  .trim()
  .split("\n")) {
  const [name, points, value] = line.split(",");
  const [argument, exponent] = points!.split("^").map(floatOfBits);
  const list = table.get(name!) ?? [];
  table.set(name!, [...list, { argument: argument!, exponent: exponent ?? 0, exact: Number(value) }]);
}

/** The worst error of `got`, with where it is, when it is above the bound. */
function worstAbove(
  bound: number,
  got: Float32Array,
  exact: readonly number[],
  where: (i: number) => string,
): string[] {
  let worst = 0;
  let at = -1;
  exact.forEach((value, i) => {
    const error = errorInUlps(got[i]!, value);
    if (!(error <= worst)) [worst, at] = [error, i];
  });
  if (process.env["SHOW_ULPS"] !== undefined) console.log(worst.toFixed(3), at < 0 ? "" : where(at), got[at]);
  return worst <= bound ? [] : [`${worst} ulps at ${where(at)}: ${got[at]}, not ${exact[at]}`];
}

const elementary = ["exp", "expm1", "log", "log1p", "sin", "cos", "tanh", "sigmoid", "erf"] as const;

describe("the elementary functions", () => {
  test.each(elementary)("%s is within 2 units in the last place of the table", (name) => {
    const points = table.get(name)!;
    const got = one(
      name,
      points.map(({ argument }) => argument),
    );
    const exact = points.map((point) => point.exact);
    expect(worstAbove(2, got, exact, (i) => `${name}(${points[i]!.argument})`)).toEqual([]);
  });

  test("pow is within 2 units in the last place of the table", () => {
    const points = table.get("pow")!;
    const got = pow(
      points.map(({ argument }) => argument),
      points.map(({ exponent }) => exponent),
    );
    const exact = points.map((point) => point.exact);
    expect(worstAbove(2, got, exact, (i) => `${points[i]!.argument}^${points[i]!.exponent}`)).toEqual([]);
  });

  const ranges: Readonly<Record<(typeof elementary)[number], readonly (readonly [number, number])[]>> = {
    exp: [
      [-104, 88.7],
      [-1, 1],
    ],
    expm1: [
      [-20, 88],
      [-1.1, 1.1],
      [-0.01, 0.01],
    ],
    log: [
      [0, 4],
      [0, 1e30],
      [0.9, 1.1],
      [0, 1e-37],
    ],
    log1p: [
      [-1, 3],
      [-0.01, 0.01],
      [0, 1e30],
    ],
    sin: [
      [-10, 10],
      [-1e4, 1e4],
    ],
    cos: [
      [-10, 10],
      [-1e4, 1e4],
    ],
    tanh: [
      [-10, 10],
      [-1, 1],
      [-0.01, 0.01],
    ],
    sigmoid: [
      [-104, 20],
      [-18, -14],
      [-1, 1],
      [-5, 5],
    ],
    erf: [
      [-4.2, 4.2],
      [-1.1, 1.1],
      [-0.01, 0.01],
    ],
  };

  test.each(elementary)("%s is within 2 units in the last place of float64 at 100,000 points of each range", (name) => {
    const evaluateExactly = functions[name].evaluate as (u: number) => number; // as: all are of one argument
    for (const [low, high] of ranges[name]) {
      // A Weyl sequence covers the range evenly; the golden ratio keeps it off the float32 grid.
      const xs = Float32Array.from({ length: 100_000 }, (_, i) => low + (high - low) * ((i * 0.618033988749895) % 1));
      const exact = Array.from(xs, evaluateExactly);
      expect(worstAbove(2, one(name, xs), exact, (i) => `${name}(${xs[i]})`)).toEqual([]);
    }
  });

  const special = [
    0,
    -0,
    1,
    -1,
    1e3,
    -1e3,
    1e30,
    -1e30,
    1e-45,
    -1e-45,
    Infinity,
    -Infinity,
    NaN,
    3.4028234663852886e38,
  ];

  test.each([...elementary, "sqrt", "abs", "sign"] as const)(
    "%s of 0, −0, ±1000, ±Infinity and NaN is as in float64",
    (name) => {
      // Beyond 10^6 sine and cosine keep only their bounds.
      const xs =
        name === "sin" || name === "cos"
          ? special.filter((x) => !(Math.abs(x) > 1e6 && Math.abs(x) < Infinity))
          : special;
      const evaluateExactly = functions[name].evaluate as (u: number) => number; // as: all are of one argument
      const got = one(name, xs);
      xs.forEach((x, i) => {
        const exact = Math.fround(evaluateExactly(Math.fround(x)));
        // 2 units where the value is finite, and not 0.
        if (Number.isFinite(exact) && exact !== 0)
          expect(errorInUlps(got[i]!, exact), `${name}(${x}) = ${got[i]}`).toBeLessThan(3);
        else expect(got[i], `${name}(${x})`).toBe(exact);
      });
    },
  );

  test("sin and cos stay within −1 … 1 for angles of any size", () => {
    const xs = Array.from({ length: 400 }, (_, i) => Math.fround(1.3 ** (i - 50))).filter((x) => x < 3e38);
    for (const name of ["sin", "cos"] as const) {
      for (const y of one(name, xs)) expect(Math.abs(y)).toBeLessThanOrEqual(1);
    }
  });

  test("pow of special pairs is as Math.pow has it", () => {
    const values = [0, -0, 1, -1, 2, -2, 0.5, -0.5, 3, -3, 1e30, -1e30, 16777216, Infinity, -Infinity, NaN];
    const pairs = values.flatMap((x) => values.map((y) => [x, y] as const));
    const got = pow(
      pairs.map(([x]) => x),
      pairs.map(([, y]) => y),
    );
    pairs.forEach(([x, y], i) => {
      const exact = Math.fround(Math.fround(x) ** Math.fround(y));
      if (Number.isFinite(exact) && exact !== 0)
        expect(errorInUlps(got[i]!, exact), `${x}^${y} = ${got[i]}`).toBeLessThan(3);
      else expect(got[i], `${x}^${y}`).toBe(exact);
    });
  });

  test("min and max carry NaN and tell −0 from 0", () => {
    const xs = [0, -0, NaN, 1, 1, -Infinity];
    const ys = [-0, 0, 1, NaN, 2, Infinity];
    const operands = [symbol("x"), symbol("y")] as const;
    expect([...evaluate(call("max", ...operands), xs, ys)]).toEqual([0, 0, NaN, NaN, 2, Infinity]);
    expect([...evaluate(call("min", ...operands), xs, ys)]).toEqual([-0, -0, NaN, NaN, 1, -Infinity]);
    expect([...evaluate(call("relu", symbol("x")), [-1, -0, 0, 2, NaN, Infinity])]).toEqual([
      0,
      0,
      0,
      2,
      NaN,
      Infinity,
    ]);
  });
});
