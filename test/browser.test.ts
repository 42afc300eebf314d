import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { digits } from "../src/data/bundled/digits.ts";
import * as exercise from "../src/exercise/index.ts";
import * as library from "../src/entries/index.ts";
import { bundledData, prepare, readCsv } from "../src/data/index.ts";
import { loadModel, modelFor, predictWith, saveModel } from "../src/model/index.ts";
import { type Chromium, isChromiumThere, openChromium } from "./chromium.ts";
import { type SeededRun, seededRun, threadedRun } from "./seeded-run.ts";

describe.skipIf(!isChromiumThere())("in Chromium [skipped where missing: needs apt-get install chromium]", () => {
  let chromium: Chromium;
  beforeAll(async () => {
    chromium = await openChromium();
  });
  afterAll(() => chromium?.close());
  const openPage = (path?: string) => chromium.openPage(path);

  // Text, since what vitest makes of an `import()` in a function means nothing to a page.
  const imports = `
    const library = await import("/bundle/index.js");
    const { digits } = await import("/bundle/digits.js");`;

  test("the same seed gives the weights that Node gives, bit for bit, on every run", async () => {
    const page = await openPage();
    const run = (): Promise<SeededRun> =>
      page.evaluate(`(async () => { ${imports} return (${seededRun.toString()})(library, digits); })()`);
    const inChromium = await run();
    const again = await run();
    const inNode = await seededRun(library, digits);
    expect(inChromium).toEqual(inNode);
    expect(again).toEqual(inChromium);
  });

  test.each([
    // The worker that trains, and two threads of its own.
    ["a cross-origin isolated page trains with threads", "/isolated", 3],
    ["any other page trains with one, without a word", "/", 1],
  ])("%s, and gets the same bits", async (_title, path, expectedWorkers) => {
    const page = await openPage(path);
    let workers = 0;
    const complaints: string[] = [];
    page.on("worker", () => (workers += 1));
    page.on("console", (message) => complaints.push(message.text()));
    const hashes = await page.evaluate(`(async () => { ${imports}
      const run = ${threadedRun.toString()};
      return [await run(1, library, digits), await run(3, library, digits)];
    })()`);
    const inNode = await threadedRun(1, library, digits);
    expect(hashes).toEqual([inNode, inNode]);
    expect(workers).toBe(expectedWorkers);
    // A worker without work is kept for 5 s.
    await expect.poll(() => page.workers().length, { timeout: 20_000 }).toBe(0);
    expect(complaints).toEqual([]);
  });

  test("a worker that is killed in mid-run ends the run with an error, on a page's own thread too", async () => {
    const page = await openPage("/isolated");
    const messages = await page.evaluate(`(async () => {
      const library = await import("/entries/index.js");
      const { digits } = await import("/data/bundled/digits.js");
      const { createMachine } = await import("/engine/wasm/machine.js");
      const { openSession } = await import("/engine/wasm/session.js");
      const { trainWith } = await import("/train/loop/training-loop.js");
      const workers = [];
      globalThis.Worker = class extends Worker {
        constructor(...given) { super(...given); workers.push(this); }
      };
      const machine = createMachine({ threads: 3, isPaced: false, patienceMs: 500 });
      while (machine.threads() < 3) await new Promise((resolve) => setTimeout(resolve, 5));
      const net = library.network(64, [library.dense(128, "tanh"), library.dense(10, "softmax")], { cost: "crossEntropy" });
      const data = await digits();
      const run = async () => {
        try {
          const openTheSession = { openSession: () => openSession(machine) };
          await trainWith(openTheSession, net, data, { epochs: 1000, onEpoch: () => workers[0].terminate() });
          return "it went on";
        } catch (error) { return error.name + ": " + error.message; }
      };
      return [await run(), await run()];
    })()`);
    const expected = expect.stringMatching(
      /^EngineError: wasm threads: expected 3 threads to go on, got one that has not answered for 0\.5\d s\./,
    );
    expect(messages).toEqual([expected, expected]);
    // The other worker sleeps at a barrier; Chromium gives one that does not answer two seconds.
    await expect.poll(() => page.workers().length, { timeout: 20_000 }).toBe(0);
  });

  test("the page stays alive when it trains itself: timers fire within an epoch", async () => {
    const page = await openPage();
    const turns = await page.evaluate(`(async () => { ${imports}
      const { dense, network, train } = library;
      const net = network(64, [dense(256, "relu"), dense(10, "softmax")], { cost: "crossEntropy", seed: 1 });
      let fired = 0;
      const timer = setInterval(() => (fired += 1), 0);
      await train(net, await digits(), { epochs: 1, batchSize: 8, where: "here" });
      clearInterval(timer);
      return fired;
    })()`);
    expect(turns).toBeGreaterThan(3);
  });

  test("a model saved in Node gives the same answers, to the bit, for the same CSV as a File of the page", async () => {
    const table = await bundledData.find(({ name }) => name === "wine")!.table();
    const { preprocessing, training } = prepare(table, { seed: 1 });
    const { dense, network, train } = library;
    const layers = [dense(16, "gelu"), dense(training.outputWidth, "softmax")];
    const net = network(training.inputWidth, layers, { cost: "crossEntropy", seed: 1 });
    await train(net, training, { epochs: 5, optimizer: "adam", learningRate: 0.01 });
    const bytes = saveModel(modelFor(net, preprocessing));
    const names = table.columns.map(({ name }) => name);
    const rows = Array.from({ length: table.rows }, (_, i) =>
      table.columns.map((column) => (column.kind === "number" ? (column.values[i] ?? "") : "")).join(","),
    );
    const csv = `${names.join(",")}\n${rows.join("\n")}\n`;
    const model = loadModel(bytes);
    const inNode = predictWith(model, await readCsv(csv, { like: model.preprocessing! }));
    const page = await openPage();
    const inChromium = await page.evaluate(`(async () => {
      const { readCsv } = await import("/bundle/data.js");
      const { loadModel, predictWith } = await import("/bundle/model.js");
      const model = loadModel(Uint8Array.from(${JSON.stringify(Array.from(bytes))}));
      const file = new File([${JSON.stringify(csv)}], "wine.csv");
      return predictWith(model, await readCsv(file, { like: model.preprocessing }));
    })()`);
    expect(inChromium).toEqual(inNode);
    expect(inNode).toMatchObject({ task: "classification" });
  });

  test("answers are judged as in Node, to the last digit", async () => {
    const page = await openPage();
    const answers: readonly (readonly [string, string])[] = [
      ["delta-hidden", "sum_k w_jk^(l+1)*delta_k^(l+1)*f'(z_j^l)"],
      ["gradient-weight", "a_k^(l-1)·δ_j^l"],
      ["sigmoid-derivative", "1-1/(1+e^(-z))"],
      ["simple-dw1", "2.080"],
      ["sigmoid-saturation", "b"],
    ];
    const judged = ({ bundledSheets, checkAnswer, lintSheet, parseSheet }: typeof exercise): unknown => {
      const sheet = parseSheet(bundledSheets.find(({ name }) => name === "backpropagation")!.text);
      return [answers.map(([id, answer]) => checkAnswer(sheet, id, answer)), lintSheet(sheet)];
    };
    const inChromium = await page.evaluate(
      `(async () => { const answers = ${JSON.stringify(answers)}; return (${judged.toString()})(await import("/bundle/exercise.js")); })()`,
    );
    expect(inChromium).toEqual(judged(exercise));
  });
});
