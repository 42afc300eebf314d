import { denseChain } from "../src/network/dense-chain.ts";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deriveSystem, networkProgram, parseEquations, systemProgram } from "../src/explain/index.ts";
import { activation, activationNames, cost, dense, gradient, network } from "../src/network/index.ts";
import type { Activation, ActivationName, Cost, CostName, Network } from "../src/network/index.ts";
import { repository } from "./installed-package.ts";
import { randomEquationFile } from "./random-equations.ts";

const RATE = 0.25;
const PYTHON = "/usr/bin/python3";
const hasNumpy = spawnSync(PYTHON, ["-c", "import numpy"]).status === 0;

/** One network of each: widths, depths, activations, costs, with and without bias and penalty; all functions occur. */
const networks: readonly (readonly [string, Network])[] = [
  made(
    "the worked example's kind",
    1,
    [
      [1, "relu"],
      [1, "sigmoid"],
    ],
    "quadratic",
  ),
  made(
    "softmax and cross-entropy",
    4,
    [
      [5, "tanh"],
      [3, "softmax"],
    ],
    "crossEntropy",
  ),
  made(
    "softmax and quadratic, softmax inside",
    2,
    [
      [3, "softmax"],
      [4, "relu"],
      [3, "softmax"],
    ],
    "quadratic",
  ),
  made(
    "five layers",
    3,
    [
      [4, "silu"],
      [3, "softplus"],
      [2, "gelu"],
      [3, "elu"],
      [2, "identity"],
    ],
    "huber",
  ),
  made("a single layer", 2, [[2, "sigmoid"]], "binaryCrossEntropy"),
  made(
    "penalties",
    2,
    [
      [3, "mish"],
      [1, "tanh"],
    ],
    "logCosh",
    { l1: 0.01, l2: 0.1 },
  ),
  made(
    "piecewise",
    3,
    [
      [4, "leakyRelu"],
      [3, "hardTanh"],
      [3, "hardSigmoid"],
    ],
    "meanAbsoluteError",
  ),
  made(
    "corners",
    3,
    [
      [4, "relu6"],
      [3, "celu"],
      [3, "selu"],
      [2, "softsign"],
    ],
    "hinge",
  ),
  made(
    "counts",
    3,
    [
      [4, "geluTanh"],
      [2, "softplus"],
    ],
    "poisson",
  ),
  made(
    "own formulas",
    2,
    [
      [3, activation("own", "z*e^(-z^2) - (-z)^2/3")],
      [2, "identity"],
    ],
    cost("quartic", "(a - t)^4"),
  ),
];

function made(
  name: string,
  inputs: number,
  layers: readonly (readonly [number, ActivationName | Activation])[],
  cost: CostName | Cost,
  regularization: { l1?: number; l2?: number } = {},
): readonly [string, Network] {
  const list = layers.map(([units, f], i) => dense(units, f, { bias: i !== 1 }));
  return [name, network(inputs, list, { cost, seed: 3, regularization })];
}

function examplesOf(net: Network): { inputs: number[][]; targets: number[][] } {
  const wave = (i: number): number => Math.sin(1.7 * i + 0.3);
  const rows = [0, 1, 2];
  return {
    inputs: rows.map((x) => Array.from({ length: net.inputs }, (_, k) => wave(5 * x + k))),
    targets: rows.map((x) => Array.from({ length: net.outputs }, (_, j) => (j === x % net.outputs ? 1 : 0))),
  };
}

/** Everything a program prints, as the library computes it in float64. */
function expectedOf(net: Network): unknown {
  const { inputs, targets } = examplesOf(net);
  const { cost: C, layers } = gradient(net, inputs, targets, { engine: "reference" });
  const quantities: Record<string, unknown> = { cost: C };
  const updated: Record<string, unknown> = {};
  for (const [i, { z, a, delta, dw, db }] of layers.entries()) {
    const { weights, biases } = denseChain("test", net)[i]!;
    Object.assign(quantities, { [`z${i + 1}`]: z, [`a${i + 1}`]: a, [`delta${i + 1}`]: delta, [`dw${i + 1}`]: dw });
    updated[`w${i + 1}`] = dw.map((row, j) => row.map((slope, k) => weights[j * row.length + k]! - RATE * slope));
    if (db === null) continue;
    quantities[`db${i + 1}`] = db;
    updated[`b${i + 1}`] = db.map((slope, j) => biases![j]! - RATE * slope);
  }
  return near({ ...quantities, updated });
}

/** The same with every number to be met to 1e-12: both compute in float64, in another order. */
function near(value: unknown): unknown {
  if (typeof value === "number") return expect.closeTo(value, 12);
  if (Array.isArray(value)) return value.map(near);
  return Object.fromEntries(Object.entries(value as object).map(([key, each]) => [key, near(each)]));
}

const systems: readonly (readonly [string, string])[] = [
  ["two-neurons", readFileSync(join(repository, "examples", "two-neurons.txt"), "utf8")],
  ["lambda", "C = lambda*in + 0^0 w - (-w)^2\ngiven in = 2, lambda = 3\nparameters w = 0.5\ncost C"],
  [
    "names-taken",
    "dC_dw = 3w + lambda_\nlambda_ = w^2\nC = dC_dw*lambda + np\nnp = w\ngiven lambda = 2\nparameters w = 0.5\ncost C",
  ],
  ...[1, 2, 3, 4, 5, 6].map((seed) => [`random-${seed}`, randomEquationFile(seed)] as const),
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "backpass-programs-"));
  for (const [i, [, net]] of networks.entries()) {
    for (const [language, extension] of [
      ["typescript", "ts"],
      ["python", "py"],
    ] as const) {
      writeFileSync(join(folder, `network_${i}.${extension}`), networkProgram(net, examplesOf(net), language, RATE));
    }
  }
  for (const [i, [, text]] of systems.entries()) {
    writeFileSync(join(folder, `system_${i}.ts`), systemProgram(parseEquations(text), "typescript", RATE));
    writeFileSync(join(folder, `system_${i}.py`), systemProgram(parseEquations(text), "python", RATE));
  }
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  const sources = [...networks.map((_, i) => `network_${i}.ts`), ...systems.map((_, i) => `system_${i}.ts`)];
  // Strictly, and with no syntax that types cannot be stripped from.
  const flags =
    "--ignoreConfig --strict --erasableSyntaxOnly --target es2023 --module nodenext --moduleDetection force --lib es2023,dom --types";
  execFileSync(join(repository, "node_modules", ".bin", "tsc"), [...flags.split(" "), "", ...sources], {
    cwd: folder,
    stdio: "pipe",
  });
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function printedBy(program: string, ...words: readonly string[]): unknown {
  return JSON.parse(execFileSync(program, words, { cwd: folder, encoding: "utf8" })) as unknown;
}

test("every activation but softmax is in one of the networks", () => {
  const used = new Set(networks.flatMap(([, net]) => net.layers.map((layer) => layer.activation.name)));
  expect(activationNames.filter((name) => !used.has(name))).toEqual([]);
});

describe("programs in TypeScript", () => {
  test.each(networks)("compute what the library does: %s", (name, net) => {
    const i = networks.findIndex(([each]) => each === name);
    expect(printedBy(process.execPath, `network_${i}.js`)).toMatchObject(expectedOf(net) as object);
  });

  test.each(systems)("compute what the library does: equations %s", (name, text) => {
    const i = systems.findIndex(([each]) => each === name);
    expect(printedBy(process.execPath, `system_${i}.js`)).toEqual(expectedOfSystem(text));
  });
});

describe.skipIf(!hasNumpy)("programs in Python [skipped where missing: needs apt-get install python3-numpy]", () => {
  test.each(networks)("compute what the library does: %s", (name, net) => {
    const i = networks.findIndex(([each]) => each === name);
    expect(printedBy(PYTHON, `network_${i}.py`)).toMatchObject(expectedOf(net) as object);
  });

  test.each(systems)("compute what the library does: equations %s", (name, text) => {
    const i = systems.findIndex(([each]) => each === name);
    expect(printedBy(PYTHON, `system_${i}.py`)).toEqual(expectedOfSystem(text));
  });
});

function expectedOfSystem(text: string): unknown {
  const { values, derivatives, system } = deriveSystem(parseEquations(text));
  return near({
    values,
    derivatives: Object.fromEntries(derivatives.map(({ by, value }) => [by, value])),
    updated: Object.fromEntries(derivatives.map(({ by, value }) => [by, system.parameters[by]! - RATE * value])),
  });
}
