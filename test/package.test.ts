import { accessSync, constants, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Installation, installPackage, repository } from "./installed-package.ts";

let installation: Installation;

beforeAll(() => {
  installation = installPackage();
}, 120_000);

afterAll(() => installation?.remove());

/** Every entry of the manifest that is code. */
// The manifest is our own.
const { exports } = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as {
  exports: Record<string, unknown>;
};
const entries = Object.keys(exports)
  .filter((entry) => !entry.endsWith(".json"))
  .map((entry) => entry.replace(".", "backpass"));

/** A user's program, as the README's, with every quantity of a gradient. */
const program = `import { dense, gradient, network, predict, train } from "backpass";
import { digits } from "backpass/digits";

const data = await digits();
const net = network(64, [dense(16, "tanh"), dense(10, "softmax")], { cost: "crossEntropy", seed: 1 });
const result = await train(net, data, { epochs: 3, batchSize: 32, optimizer: "adam", learningRate: 0.01, seed: 1 });
const blank: number[] = new Array<number>(64).fill(0);
const { cost, layers } = gradient(net, [blank], [3]);
const [probabilities] = predict(net, [blank]);
console.log(JSON.stringify({ trained: result.train.cost < 1, cost, layers: layers.length, probabilities }));
`;

describe("the package, installed from its archive in an empty folder", () => {
  test("brings no package but the readers of CSV and of sheets", () => {
    const packages = readdirSync(join(installation.folder, "node_modules")).filter((name) => !name.startsWith("."));
    expect(packages).toEqual(["backpass", "marked", "papaparse", "yaml"]);
  });

  test("holds the licence of the code, source and licence of the data, and neither tests nor build records", () => {
    const root = join(installation.folder, "node_modules", "backpass");
    const files = readdirSync(root, { recursive: true, encoding: "utf8" });
    expect(files).toEqual(expect.arrayContaining(["LICENSE", "README.md", "CHANGELOG.md", "data/digits.md"]));
    expect(files.filter((file) => /\.test\.|tsbuildinfo|tsconfig/.test(file))).toEqual([]);
  });

  test.each(["digits.js", "custom.js"])("has the example %s, which runs where it was installed", (name) => {
    const { code, err } = installation.shell(`node node_modules/backpass/examples/${name}`);
    expect({ code, err }).toEqual({ code: 0, err: "" });
  });

  test("trains the digits from the command line and prints one JSON object", () => {
    const { code, out, err } = installation.shell("npx backpass train digits --epochs 2 --json");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(JSON.parse(out)).toMatchObject({
      task: "classification",
      train: { cost: expect.any(Number), accuracy: expect.any(Number) },
      validation: { cost: expect.any(Number), accuracy: expect.any(Number) },
      epochs: 2,
      seconds: expect.any(Number),
      weightsHash: expect.any(String),
    });
  });

  test("says how to get what the engine blas needs, on one line", () => {
    const { code, out, err } = installation.shell("node_modules/.bin/backpass train digits --engine blas");
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toBe('backpass: engine "blas": expected the package koffi, got none. Run: npm install koffi\n');
    const engines = installation.shell("node_modules/.bin/backpass engines");
    expect(engines.code).toBe(0);
    expect(engines.out).toMatch(/^blas +not there\. .*npm install koffi$/m);
  });

  test("has a command that can be executed, also when it was built anew after npm had linked it", () => {
    expect(() => accessSync(new URL("../dist/bundle/main.js", import.meta.url), constants.X_OK)).not.toThrow();
  });

  test("prints the version of its manifest", () => {
    const manifest: unknown = JSON.parse(readFileSync(join(repository, "package.json"), "utf8"));
    expect(manifest).toMatchObject({ version: installation.shell("npx backpass --version").out.trim() });
  });

  test("type-checks strictly in a user's program of ten lines, and runs there", () => {
    installation.write("program.ts", program);
    const { code, out, err } = installation.runTypeScript("program.ts");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const printed: unknown = JSON.parse(out);
    expect(printed).toMatchObject({ trained: true, cost: expect.any(Number), layers: 2 });
  });

  test("does not compile with examples of the wrong width", () => {
    const wrong = program.replace("network(64,", "network(63,");
    installation.write("wrong.ts", wrong);
    const { code, out } = installation.runTypeScript("wrong.ts");
    expect(code).not.toBe(0);
    expect(out).toMatch(/wrong\.ts\(6,.*error TS/);
  });

  test.each(entries)("offers the entry %s", (entry) => {
    const { code, err } = installation.shell(`node --input-type=module -e 'await import("${entry}")'`);
    expect({ code, err }).toEqual({ code: 0, err: "" });
  });

  test("loads each module once, whichever entries a program uses", () => {
    const attempts = [
      { entry: "engine", name: "engineFrom", argument: "none" },
      { entry: "data", name: "circles", argument: { factor: 2 } },
      { entry: "graph", name: "random", argument: [] },
      { entry: "formula", name: "parseFormula", argument: "1 +" },
      { entry: "explain", name: "parseEquations", argument: "z = " },
      { entry: "model", name: "loadModel", argument: [] },
    ];
    const program = `import { BackpassError } from "backpass";
      const attempts = ${JSON.stringify(attempts)};
      for (const { entry, name, argument } of attempts) {
        const { [name]: run } = await import("backpass/" + entry);
        try { run(argument); } catch (error) { console.log(entry, error instanceof BackpassError); }
      }`;
    const { code, out, err } = installation.shell(`node --input-type=module -e '${program}'`);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toBe(attempts.map(({ entry }) => `${entry} true\n`).join(""));
  });

  test("starts from few files, since Node takes its time over each", () => {
    const bundle = join(installation.folder, "node_modules", "backpass", "dist", "bundle");
    const reached = new Set(["index.js"]);
    for (const file of reached) {
      for (const [, next] of readFileSync(join(bundle, file), "utf8").matchAll(
        /(?:\bfrom|^import|;import)\s*"\.\/([^"]*)"/gm,
      )) {
        reached.add(next!);
      }
    }
    expect(reached.size).toBeGreaterThan(1);
    expect(reached.size).toBeLessThan(8);
  });

  test("shows the lines of src/ in a stack trace, when asked to", () => {
    const program = `import { network } from "backpass";
      try { network(0, []); } catch (error) { console.log(error.stack); }`;
    const { out } = installation.shell(`node --enable-source-maps --input-type=module -e '${program}'`);
    expect(out).toMatch(/at .*backpass\/src\/network\/network\.ts:\d+:\d+/);
  });
});
