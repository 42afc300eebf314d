import { describe, expect, test } from "vitest";
import { slopesSheet } from "../../test/slopes-sheet.ts";
import { diagnose, trace } from "../explain/index.ts";
import { checkAnswer, parseSheet } from "../exercise/index.ts";
import { dense, network } from "../network/index.ts";
import { dataset } from "../train/index.ts";
import { openWorker } from "./open-worker.ts";
import type { JobMessage } from "./job-messages.ts";
import { serveJobs } from "./serve-jobs.ts";

const net = network(2, [dense(3, "tanh"), dense(1)], { seed: 1 });
const examples = { inputs: [[0.5, -1]], targets: [[1]] };
const data = dataset({
  inputs: [
    [0, 1],
    [1, 0],
    [1, 1],
  ],
  targets: [[1], [0], [1]],
});

/** Asks for a job as a page does, through messages that are cloned. */
async function asked(name: string, ...given: readonly unknown[]): Promise<JobMessage> {
  const { port1, port2 } = new MessageChannel();
  const answers: JobMessage[] = [];
  const answered = new Promise<JobMessage>((resolve) => {
    port1.addEventListener("message", ({ data: message }) => {
      answers.push(message as JobMessage); // as: serveJobs is at the other end
      if (answers.length === 2) resolve(answers[1]!);
    });
  });
  port1.start();
  serveJobs(port2);
  port2.start();
  port1.postMessage({ id: 7, name, data: given });
  const answer = await answered;
  port1.close();
  return answer;
}

describe("a worker of jobs", () => {
  test.each<[string, readonly unknown[], () => unknown]>([
    [
      "checkAnswer",
      [{ source: slopesSheet }, "slope", "z"],
      () => expect.objectContaining({ check: checkAnswer(parseSheet(slopesSheet), "slope", "z") }),
    ],
    ["lintSheet", [{ source: slopesSheet, seed: 3 }], () => []],
    ["trace", [net, examples], () => trace(net, examples.inputs, examples.targets)],
    ["openNeuron", [net, examples, { example: 1, layer: 1, neuron: 2 }], () => expect.objectContaining({ layer: 1 })],
    ["explainPage", [net, examples, { name: "one" }], () => expect.stringContaining("Every derivative: one")],
    ["derivePage", [{ formula: "sigmoid" }], () => expect.stringContaining("The derivative of σ")],
    ["derivePage", [{ formula: "h(x) = x^2" }], () => expect.stringContaining("The derivative of h")],
    ["derivePage", [{ network: null }], () => expect.stringContaining("BP1")],
    ["diagnose", [net, data], () => diagnose(net, data)],
    ["followGradient", [net, examples, "w_1_1_1"], () => expect.objectContaining({ name: "w_11^1" })],
  ])("does %s", async (name, given, expected) => {
    expect(await asked(name, ...given)).toEqual({ kind: "done", id: 7, result: expected() });
  });

  test("hands on an error of the library with all its parts, and names the job that is meant", async () => {
    expect(await asked("checkAnswer", { source: slopesSheet }, "slpoe", "z")).toMatchObject({
      kind: "failed",
      error: { ours: { code: "option" } },
    });
    expect(await asked("chekAnswer")).toMatchObject({ error: { ours: { advice: 'Did you mean "checkAnswer"?' } } });
    expect(await asked("toString")).toMatchObject({ error: { ours: { code: "option" } } });
  });

  test("is this thread where there are no web workers", async () => {
    const worker = openWorker();
    const { check } = await worker.run("checkAnswer", { source: slopesSheet }, "slope", "2z");
    expect(check.verdict).toBe("correct");
    await expect(worker.run("derivePage", { formula: "((" })).rejects.toMatchObject({ code: "formula" });
    worker.close();
    expect(await worker.run("lintSheet", { source: slopesSheet })).toEqual([]);
  });
});
