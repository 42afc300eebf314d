import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { digits } from "../src/data/bundled/digits.ts";
import { NumericError } from "../src/errors.ts";
import * as library from "../src/entries/index.ts";
import { type Chromium, isChromiumThere, longTasksOf, openChromium } from "./chromium.ts";

type Library = typeof library;
type Where = "auto" | "here" | "worker";

// The functions below are given to pages as text: they refer to nothing but their arguments.

/** What a training in a page is to leave behind. */
interface Run {
  readonly weightsHash: string;
  readonly costs: readonly number[];
  readonly updates: readonly number[];
}

/** Wide rows, of which some are held back: setting up takes longer than a step. */
function wideData({ dataset, dense, network, parameter, train }: Library) {
  const [rows, columns] = [20_000, 200];
  const values = Float64Array.from({ length: rows * columns }, (_, i) => ((i * 2_654_435_761) % 1009) / 1009);
  const targets = Array.from({ length: rows }, (_, i) => i % 10);
  const data = dataset({ inputs: { values, columns }, targets, classes: "0123456789".split("") });
  const net = network(200, [dense(32, "relu"), dense(10, "softmax")], { cost: "crossEntropy", seed: 1 });
  return async (where: Where): Promise<Run> => {
    const updates: number[] = [];
    const { history, weightsHash } = await train(net, data, {
      epochs: 3,
      batchSize: 64,
      validation: 0.2,
      where,
      onEpoch: () => void updates.push(parameter(net, 2, "weights").values[0]!),
    });
    return { weightsHash, costs: history.map(({ validation }) => validation!.cost), updates };
  };
}

/** Six million weights: every step takes far longer than 50 ms. */
function wideNetwork({ dataset, dense, network, parameter, train }: Library) {
  const [rows, columns] = [256, 1024];
  const values = Float32Array.from({ length: rows * columns }, (_, i) => ((i * 2_654_435_761) % 1009) / 1009);
  const targets = Array.from({ length: rows }, (_, i) => i % 100);
  const data = dataset({
    inputs: { values, columns },
    targets,
    classes: Array.from({ length: 100 }, (_, i) => `${i}`),
  });
  const layers = [dense(2048, "relu"), dense(2048, "relu"), dense(100, "softmax")] as const;
  const net = network(1024, layers, { cost: "crossEntropy", seed: 1 });
  return async (where: Where): Promise<Run> => {
    const updates: number[] = [];
    const { history, weightsHash } = await train(net, data, {
      epochs: 2,
      batchSize: 256,
      where,
      onEpoch: () => void updates.push(parameter(net, 3, "weights").values[0]!),
    });
    return { weightsHash, costs: history.map(({ cost }) => cost), updates };
  };
}

/** Hands a training the page's wishes in its course; gives all that a page can see of it. */
async function answeredRun({ dense, network, train, weightsHash }: Library, digitsOf: typeof digits, where: Where) {
  const data = await digitsOf();
  const make = () => network(64, [dense(16, "tanh"), dense(10, "softmax")], { cost: "crossEntropy", seed: 3 });
  const [stopped, aborted, before] = [make(), make(), make()];
  const hashes: string[] = [];
  let inCallback = 0;
  const early = await train(stopped, data, {
    epochs: 9,
    where,
    onEpoch: async ({ epoch }) => {
      hashes.push(weightsHash(stopped));
      inCallback += 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
      inCallback -= 1;
      return epoch === 3 ? "stop" : undefined;
    },
  });
  const controller = new AbortController();
  const { signal } = controller;
  const late = await train(aborted, data, { epochs: 9, where, signal, onEpoch: () => controller.abort() });
  setTimeout(() => controller.abort(), 0);
  const none = await train(before, data, { epochs: 9, where, signal: AbortSignal.abort() });
  const middle = new AbortController();
  setTimeout(() => middle.abort(), 300);
  const { stopped: midway, epochs } = await train(make(), data, { epochs: 1e7, where, signal: middle.signal });
  const failed = await train(make(), data, {
    where,
    onEpoch: () => {
      throw new TypeError("of the page");
    },
  }).catch((error: unknown) => `${error instanceof TypeError} ${String(error)}`);
  return {
    hashes,
    inCallback,
    ends: [early, late, none].map(({ stopped: how, epochs: done, weightsHash: hash, train: score }) => ({
      how,
      done,
      hash,
      score,
    })),
    sameHashes: [early.weightsHash === weightsHash(stopped), late.weightsHash === weightsHash(aborted)],
    midway,
    hasLearned: epochs > 0,
    failed,
  };
}

/** Trains with an activation, a cost and a rule of its own, and with what breaks down. */
async function ownRun(
  { activation, cost, dataset, dense, network, train, updateRule, weightsHash, ...rest }: Library,
  where: Where,
) {
  const inputs = Array.from({ length: 200 }, (_, i) => [i / 200, ((i * 37) % 200) / 200]);
  const data = dataset({ inputs, targets: inputs.map(([x = 0, y = 0]) => [x * y]) });
  const make = (rate: number) => {
    const net = network(2, [dense(8, activation("swish2", "z/(1 + e^(-2z))")), dense(1)], {
      cost: cost("quartic", "(a - t)^4"),
      seed: 1,
    });
    const optimizer = updateRule("heavyBall", { settings: { mu: 0.9 }, state: { v: "mu*v + g" }, update: "w - eta*v" });
    const options = {
      optimizer,
      learningRate: rate,
      clip: { norm: 1e9 },
      schedule: "cosine",
      epochs: 5,
      where,
    } as const;
    return { net, result: train(net, data, options) };
  };
  const well = await make(0.1).result;
  const { net, result } = make(1e6);
  const error: unknown = await result.catch((reason: unknown) => reason);
  const refused: unknown = await train(net, data, { validation: 2, where }).catch((reason: unknown) => reason);
  const { NumericError: Numeric, OptionError: Refused } = rest;
  return {
    well: well.weightsHash,
    isNumeric: error instanceof Numeric,
    error: error instanceof Numeric ? { ...error, message: error.message, name: error.name } : null,
    kept: weightsHash(net),
    refused: refused instanceof Refused ? refused.message : null,
  };
}

describe.skipIf(!isChromiumThere())("in Chromium [skipped where missing: needs apt-get install chromium]", () => {
  let chromium: Chromium;
  beforeAll(async () => {
    chromium = await openChromium();
  });
  afterAll(() => chromium?.close());

  const imports = `
    const library = await import("/bundle/index.js");
    const { digits } = await import("/bundle/digits.js");`;

  /** Runs what `make` makes in a page, and watches its tasks. */
  const watched = async (
    make: (given: Library) => (where: Where) => Promise<Run>,
    where: Where,
  ): Promise<{ readonly result: Run; readonly longTasks: readonly number[] }> => {
    const page = await chromium.openPage();
    try {
      return await page.evaluate(`(async () => { ${imports}
        const run = (${make.toString()})(library);
        return (${longTasksOf})(() => run("${where}"));
      })()`);
    } finally {
      await page.close();
    }
  };

  describe.each([
    ["wide data, of which a part is held back", wideData],
    ["a network whose steps take longer than that", wideNetwork],
  ])("training %s", (_title, make) => {
    // On a machine that is busy with other tests a task may wait for its core; what is long by itself is so every time.
    test("has no task of 50 ms on the page's thread, and gives Node's bits", { retry: 3 }, async () => {
      const { result, longTasks } = await watched(make, "auto");
      expect(longTasks).toEqual([]);
      expect(result).toEqual(await make(library)("here"));
    });

    test("has such tasks where the page does the work", async () => {
      expect((await watched(make, "here")).longTasks).not.toEqual([]);
    });
  });

  test("callbacks and signals of the page are heeded as in Node", async () => {
    const page = await chromium.openPage();
    const inPage = await page.evaluate(
      `(async () => { ${imports} return (${answeredRun.toString()})(library, digits, "worker"); })()`,
    );
    const inNode = await answeredRun(library, digits, "auto");
    expect(inPage).toEqual(inNode);
    expect(inNode).toMatchObject({ inCallback: 0, sameHashes: [true, true], midway: "aborted", hasLearned: true });
    expect(inNode.ends.map(({ how, done }) => [how, done])).toEqual([
      ["early", 3],
      ["aborted", 1],
      ["aborted", 0],
    ]);
    expect(inNode.failed).toBe("true TypeError: of the page");
    expect(new Set(inNode.hashes).size).toBe(3);
  });

  test("own formulas train in the worker, and its errors are the library's, with all they say", async () => {
    const page = await chromium.openPage();
    const inPage = await page.evaluate(
      `(async () => { ${imports} return (${ownRun.toString()})(library, "worker"); })()`,
    );
    const inNode = await ownRun(library, "auto");
    expect(inPage).toEqual(inNode);
    expect(inNode).toMatchObject({ isNumeric: true, error: { code: "numeric", name: NumericError.name } });
    expect(inNode.refused).toContain("got 2");
  });

  test.each([
    ["whose policy forbids workers", "/strict"],
    ["where the worker's program is missing", "/"],
  ])("a page %s trains all the same, and says why when it has to be a worker", async (_title, path) => {
    const page = await chromium.openPage(path);
    if (path === "/") await page.route("**/training-worker.js", (route) => route.fulfill({ status: 404 }));
    const run = `(${ownRun.toString()})`;
    const inPage = await page.evaluate(`(async () => { ${imports} return ${run}(library, "auto"); })()`);
    expect(inPage).toEqual(await ownRun(library, "auto"));
    const refusal = await page.evaluate(
      `(async () => { ${imports} return ${run}(library, "worker").catch(String); })()`,
    );
    expect(refusal).toContain("OptionError: train: expected a web worker, got none");
  });

  test("trainings of a page, one after the other or at once, share workers and keep none", async () => {
    const page = await chromium.openPage();
    let workers = 0;
    page.on("worker", () => (workers += 1));
    const hashes: string[] = await page.evaluate(`(async () => { ${imports}
      const { dense, network, train } = library;
      const data = await digits();
      const run = async (seed) => {
        const net = network(64, [dense(8, "tanh"), dense(10, "softmax")], { cost: "crossEntropy", seed });
        return (await train(net, data, { epochs: 1 })).weightsHash;
      };
      return [await run(1), await run(1), ...(await Promise.all([run(1), run(2)]))];
    })()`);
    expect(workers).toBe(2);
    expect(new Set(hashes.slice(0, 3)).size).toBe(1);
    expect(hashes[3]).not.toBe(hashes[0]);
    await expect.poll(() => page.workers().length, { timeout: 20_000 }).toBe(0);
  });
});
