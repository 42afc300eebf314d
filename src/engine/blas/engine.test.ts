import { describe, expect, test } from "vitest";
import { plainHost, type PlainKoffi, plainKoffi } from "../../../test/plain-koffi.ts";
import { backpropagate } from "../../graph/backpropagate.ts";
import { axis, contract, input, map, random, reduce, variable } from "../../graph/build.ts";
import type { InputNode } from "../../graph/node.ts";
import type { Executable, Session, SynchronousEngine } from "../engine.ts";
import { wasmEngine } from "../wasm/session.ts";
import { blasEngineOn } from "./engine.ts";
import { openLibrary } from "./library.ts";

/** An engine whose BLAS is plain JavaScript: it runs everywhere, and its calls can be counted. */
function plainEngine(cutOver?: number): { readonly engine: SynchronousEngine; readonly koffi: PlainKoffi } {
  const koffi = plainKoffi({ "libopenblas.so.0": ["cblas_sgemm"] });
  return { engine: blasEngineOn(openLibrary(plainHost(koffi)), cutOver), koffi };
}

const examples = axis("examples", 12, { isVariable: true });
const [features, units] = [axis("features", 30), axis("units", 33)];
const x = input("x", [examples, features]);
const t = input("t", [examples, units]);
const eta = input("eta", []);
const w = variable("w", [units, features]);
const b = variable("b", [units]);
// Two products of 12 × 33 × 30 = 11,880 multiply-adds: w x with its bias, and the gradient of w.
const sum = map("s + b", { s: contract(x, w, [examples, units]), b });
const residual = map("z + r/8 - t", { z: sum, r: random([examples, units], 1), t });
const cost = reduce("mean", map("1/2 u^2", { u: residual }), []);
const gradient = backpropagate(cost, [w]).get(w)!;
const program = {
  outputs: { cost, gradient, sum },
  updates: [{ target: w, value: map("w - eta*g", { w, eta, g: gradient }) }],
};

const ROWS = 24;
const numbers = (count: number, stride: number): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => ((i * stride) % 17) / 16 - 0.5);
const inputTable = numbers(ROWS * features.size, 5);
const targetTable = numbers(ROWS * units.size, 7);

function prepared(engine: SynchronousEngine): { readonly session: Session; readonly executable: Executable } {
  const session = engine.open();
  session.write(w, numbers(units.size * features.size, 3));
  session.write(b, numbers(units.size, 11));
  return { session, executable: session.prepare(program) };
}

function runOnce({ executable }: { readonly executable: Executable }, extent: number): void {
  const inputs = new Map<InputNode, ArrayLike<number>>([
    [x, inputTable.subarray(0, extent * features.size)],
    [t, targetTable.subarray(0, extent * units.size)],
    [eta, [0.5]],
  ]);
  executable.run({ inputs, extents: new Map([[examples, extent]]) });
}

/** Float32 sums of 30 terms below 1 in another order: some units of 6e-8 in the sum, ten times that to be safe. */
function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) expect(Math.abs(actual[i]! - expected[i]!)).toBeLessThan(5e-6);
}

describe("the engine blas", () => {
  test("hands its large products to the library and computes what wasm computes, whole batch and part of it", () => {
    const { engine, koffi } = plainEngine();
    const [native, wasm] = [prepared(engine), prepared(wasmEngine)];
    koffi.products.length = 0;
    for (const extent of [12, 7]) {
      for (const each of [native, wasm]) runOnce(each, extent);
      for (const name of ["cost", "gradient", "sum"]) {
        expectClose(native.executable.output(name), wasm.executable.output(name));
      }
      expectClose(native.session.read(w), wasm.session.read(w));
    }
    expect(koffi.products).toEqual([12, 7].flatMap((extent) => [[extent, 33, 30], [33, 30, extent]])); // prettier-ignore
  });

  test("computes small programs wholly in wasm, with its bits", () => {
    const { engine, koffi } = plainEngine(12_000);
    const [native, wasm] = [prepared(engine), prepared(wasmEngine)];
    koffi.products.length = 0;
    for (const each of [native, wasm]) runOnce(each, 12);
    expect(native.session.read(w)).toEqual(wasm.session.read(w));
    expect(koffi.products).toEqual([]);
  });

  test("finds its memory again after that has grown and moved", () => {
    const { engine } = plainEngine();
    const native = prepared(engine);
    runOnce(native, 12);
    const cost = native.executable.output("cost")[0]!;
    native.session.load(new Float32Array(2 ** 20), 1);
    runOnce(native, 12);
    // A step further down; a product into memory that was left behind throws.
    expect(native.executable.output("cost")[0]).toBeLessThan(cost);
  });

  test("runs many steps in one call as one by one, each with its rows, scalar and random numbers", () => {
    const { engine } = plainEngine();
    const [one, all] = [prepared(engine), prepared(engine)];
    const order = Uint32Array.from({ length: ROWS }, (_, i) => (i * 7) % ROWS);
    const rates = Float64Array.of(0.5, 0.25);
    const pick = (table: Float32Array, columns: number, step: number): number[] =>
      [...order.subarray(12 * step, 12 * step + 12)].flatMap((row) => [
        ...table.subarray(row * columns, (row + 1) * columns),
      ]);
    let total = 0;
    for (let step = 0; step < 2; step++) {
      const inputs = new Map([
        [x, pick(inputTable, features.size, step)],
        [t, pick(targetTable, units.size, step)],
        [eta, [rates[step]!]],
      ]);
      one.executable.run({ inputs, seed: 4, step: 6 + step });
      total += one.executable.output("cost")[0]!;
    }
    const tables = new Map([
      [x, all.session.load(inputTable, features.size)],
      [t, all.session.load(targetTable, units.size)],
    ]);
    const steps = { tables, order, start: 0, batchSize: 12, steps: 2, seed: 4, firstStep: 6, watch: "cost" };
    const result = all.executable.runSteps({ ...steps, scalars: new Map([[eta, rates]]) });
    expect(result).toEqual({ total, steps: 2, isFinite: true });
    expect(all.session.read(w)).toEqual(one.session.read(w));
  });

  test("stops after the step that makes the watched number infinite, and does nothing in no steps", () => {
    const { session, executable } = prepared(plainEngine().engine);
    const tables = new Map([
      [x, session.load(inputTable, features.size)],
      [t, session.load(targetTable, units.size)],
    ]);
    const order = new Uint32Array(4 * 12);
    const steps = { tables, order, start: 0, batchSize: 12, seed: 0, firstStep: 0, watch: "cost" };
    const none = executable.runSteps({ ...steps, steps: 0, scalars: new Map([[eta, new Float64Array(0)]]) });
    expect(none).toEqual({ total: 0, steps: 0, isFinite: true });
    const scalars = new Map([[eta, Float64Array.of(0, Infinity, 0, 0)]]);
    expect(executable.runSteps({ ...steps, steps: 4, scalars })).toMatchObject({ steps: 3, isFinite: false });
  });
});
