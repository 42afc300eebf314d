import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundledSheets } from "../src/exercise/index.ts";
import { type Chromium, isChromiumThere, longTasksOf, openChromium } from "./chromium.ts";

/** Answers to the first question of a sheet that take long to judge: a product of sums that has to be multiplied out. */
const heavy = `(${Array.from({ length: 9 }, (_, i) => `(a_j^L - t_j + ${i + 1})^${i + 2}`).join(" * ")}) / (1 + z_j^L)^9`;

describe.skipIf(!isChromiumThere())("in Chromium [skipped where missing: needs apt-get install chromium]", () => {
  let chromium: Chromium;
  beforeAll(async () => {
    chromium = await openChromium();
  });
  afterAll(() => chromium?.close());

  const [sheet] = bundledSheets.filter(({ name }) => name === "backpropagation");
  const source = JSON.stringify(sheet?.text ?? "");

  // On a machine that is busy with other tests a task may wait for its core; what is long by itself is so every time.
  test("a page's thread has no task of 50 ms while a worker judges a heavy answer", { retry: 3 }, async () => {
    const page = await chromium.openPage();
    const seen = await page.evaluate(`(async () => {
      const { openWorker } = await import("/bundle/worker.js");
      const worker = openWorker();
      const judge = (answer) => worker.run("checkAnswer", { source: ${source} }, "delta-output", answer);
      const watched = await (${longTasksOf})(async () => {
        const startedMs = performance.now();
        const wrong = await judge(${JSON.stringify(heavy)});
        return { ms: performance.now() - startedMs, wrong: wrong.check.verdict };
      });
      const right = await judge("(a_j^L - t_j) f'(z_j^L)");
      worker.close();
      return { ...watched, right: right.check.verdict };
    })()`);
    expect(seen).toMatchObject({ longTasks: [] });
    // It was heavy: on the page's own thread it would have been such a task.
    expect(seen).toMatchObject({ result: { ms: expect.any(Number) } });
    expect((seen as { result: { ms: number } }).result.ms).toBeGreaterThan(50);
  });

  test("the same on the page's own thread is such a task, with the same verdict", async () => {
    const page = await chromium.openPage("/strict");
    const seen = await page.evaluate(`(async () => {
      const { openWorker } = await import("/bundle/worker.js");
      const { checkAnswer, parseSheet } = await import("/bundle/exercise.js");
      // The policy of this page forbids workers.
      const worker = openWorker();
      const source = ${source};
      const watched = await (${longTasksOf})(() =>
        worker.run("checkAnswer", { source }, "delta-output", ${JSON.stringify(heavy)}));
      const direct = checkAnswer(parseSheet(source), "delta-output", ${JSON.stringify(heavy)});
      return { tasks: watched.longTasks.length, same: JSON.stringify(watched.result.check) === JSON.stringify(direct) };
    })()`);
    expect(seen).toMatchObject({ same: true });
    expect((seen as { tasks: number }).tasks).toBeGreaterThan(0);
  });

  test("explains, derives and diagnoses in one worker, and rejects with the library's errors", async () => {
    const page = await chromium.openPage();
    let workers = 0;
    page.on("worker", () => (workers += 1));
    const seen = await page.evaluate(`(async () => {
      const { openWorker } = await import("/bundle/worker.js");
      const { dataset, dense, network, OptionError } = await import("/bundle/index.js");
      const net = network(2, [dense(3, "tanh"), dense(1)], { seed: 1 });
      const data = dataset({ inputs: [[0, 1], [1, 0]], targets: [[1], [0]] });
      const worker = openWorker();
      const [html, page, diagnosis, error] = await Promise.all([
        worker.run("explainPage", net, { inputs: [[0, 1]], targets: [[1]] }),
        worker.run("derivePage", { formula: "tanh" }),
        worker.run("diagnose", net, data),
        worker.run("openNeuron", net, { inputs: [[0, 1]], targets: [[1]] }, { example: 1, layer: 9, neuron: 1 }).catch((reason) => reason),
      ]);
      const closed = worker.run("diagnose", net, data).catch((reason) => reason.code);
      worker.close();
      return { html: html.slice(0, 15), page: page.slice(0, 15), layers: diagnosis.layers.length,
        error: error instanceof OptionError, closed: await closed };
    })()`);
    expect(seen).toEqual({
      html: "<!doctype html>",
      page: "<!doctype html>",
      layers: 2,
      error: true,
      closed: "engine",
    });
    expect(workers).toBe(1);
  });
});
