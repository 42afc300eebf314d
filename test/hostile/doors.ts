import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { readAnswersFile } from "../../src/cli/files/answers-file.ts";
import { readConfig } from "../../src/cli/framework/config-file.ts";
import { networkFromText } from "../../src/cli/commands/models/network-file.ts";
import { readProgress } from "../../src/cli/files/quiz-file.ts";
import { sheetHash } from "../../src/exercise/quiz/progress.ts";
import { recordFrom } from "../../src/report/record/read-record.ts";
import { reportHtml } from "../../src/report/page/report-html.ts";
import { run } from "../../src/cli/run.ts";
import type { RunRecord } from "../../src/report/record/run-record.ts";
import { trainCommand } from "../../src/cli/commands/train/train.ts";
import { inputNames, prepare, readCsv, readIdx } from "../../src/data/index.ts";
import { DataError } from "../../src/errors.ts";
import {
  deriveFunction,
  deriveNetwork,
  deriveSystem,
  drawNetwork,
  functionPage,
  networkPage,
  type Page,
  pageToHtml,
  pageToLatex,
  pageToText,
  parseEquations,
  systemPage,
  trace,
  tracePage,
} from "../../src/explain/index.ts";
import {
  bundledSheets,
  checkAnswers,
  parseSheet,
  sheetToHtml,
  sheetToLatex,
  sheetToText,
} from "../../src/exercise/index.ts";
import { parseFormula } from "../../src/formula/index.ts";
import { loadModel } from "../../src/model/index.ts";
import { decodeSafetensors, encodeSafetensors } from "../../src/model/safetensors.ts";
import { sha256 } from "../../src/sha256.ts";
import { parseJson } from "../../src/tree/json-places.ts";
import type { Draw } from "../random-answers.ts";
import { recordingTerminal } from "../recording-terminal.ts";
import { changedBytes, changedJson, changedText, changedWord, drawnText, sameKindsJson } from "./attacks.ts";

/** Something a stranger hands in, and what this package makes of it. */
export interface Door {
  readonly name: string;
  /** Of a thousand inputs, how many come here. */
  readonly share: number;
  /** Hands in one input. @returns what was written of it: pages are to be looked at. @throws what the reader throws. */
  readonly open: (draw: Draw) => Promise<Written>;
}

/** What was made of an input. */
export interface Written {
  /** Pages and drawings. */
  readonly markup?: readonly string[];
  /** What the terminal got. */
  readonly terminal?: string;
}

const networks: readonly unknown[] = [
  {
    inputs: 2,
    cost: { name: "own", formula: "(a - t)^2 + k", parameters: { k: 0.5 }, over: "outputs" },
    layers: [
      { units: 2, activation: { name: "swish2", formula: "z/(1+e^(-beta*z))", parameters: { beta: 2 } }, dropout: 0.1 },
      { units: 1, activation: { name: "leakyRelu", slope: 0.2 }, weights: [[0.5, -1]], biases: [0.1] },
    ],
    regularization: { l2: 0.001 },
    seed: 1,
    examples: { inputs: [[0, 1]], targets: [[1]] },
  },
  {
    inputs: 2,
    cost: "crossEntropy",
    layers: [
      { units: 3, initializer: { name: "uniform", range: 0.5 } },
      { units: 3, activation: "softmax" },
    ],
    examples: { inputs: [[0, 1]], targets: [2] },
  },
];

const answers: readonly unknown[] = [
  { name: "Ada", seed: 3, answers: { sing: "a", two: "0.81", three: ["a", "c"], four: 2.08, five: null } },
  { "delta-output": "(a_j^L - t_j) σ'(z_j^L)", sum: "1" },
];

const settings: readonly unknown[] = [
  { hidden: [64, 32], "learning-rate": 0.01, "no-header": true, optimizer: "adam", epochs: 30 },
];

const tables: readonly string[] = [
  'a,b,kind\n1,2,x\n3,"4,5",y\n5,6,x\n7,8,y\n9,1,x\n2,2,y\n',
  "a;b;y\n1,5;2;3,25\n2,5;x;1,5\n3,5;2;2,25\n4,5;1;0,25\n1,0;2;0,5\n",
  "\ufeffname\tvalue\r\nu\t1\r\nv\t2\r\nw\t3\r\nu\t4\r\n",
];

const systems: readonly string[] = [
  "# One neuron\nz = w*x + b\na = sigma(z)\nC = 1/2 (a - t)^2\n\ngiven x = 1, t = 1\nparameters w = 0.5, b = 0.1\ncost C\n",
  "h1 = max(0, w1*x)\nh2 = tanh(w2*h1)\nC = (h2 - t)^2\ngiven x = 3, t = 1\nparameters w1 = 0.1, w2 = -5\ncost C\n",
];

const functions: readonly string[] = ["1/(1+e^(-z))", "max(0, z)", "z > 0 ? z : 0.1z", "ln(1+e^z)", "z^2*sin(z)"];

/** An IDX file of four images of 2 × 2 (http://yann.lecun.com/exdb/mnist). */
const images = Uint8Array.from([
  0,
  0,
  8,
  3,
  0,
  0,
  0,
  4,
  0,
  0,
  0,
  2,
  0,
  0,
  0,
  2,
  ...Array.from({ length: 16 }, (_, i) => 15 * i),
]);

/** What the doors are made of: runs as `train` keeps them, and a folder to write to. */
export interface Material {
  readonly folder: string;
  readonly runs: readonly { readonly record: unknown; readonly model: Uint8Array }[];
}

/** Trains the networks that reports and models are of. */
export async function material(folder: string): Promise<Material> {
  const runs = [];
  for (const words of [["iris"], ["diabetes"], ["digits", "--hidden", "2"]]) {
    const out = join(folder, words[0] ?? "");
    const { terminal, written } = recordingTerminal();
    const options = ["--epochs", "2", "--out", out, "--quiet", ...(words.length === 1 ? ["--hidden", "2"] : [])];
    const code = await run(["train", ...words, ...options], terminal);
    if (code !== 0) throw new Error(written.err);
    runs.push({
      record: JSON.parse(readFileSync(join(out, "run.json"), "utf8")) as unknown,
      model: new Uint8Array(readFileSync(join(out, "model.safetensors"))),
    });
  }
  return { folder, runs };
}

/** Every door. */
export function doors({ folder, runs }: Material): readonly Door[] {
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const models = runs.map(({ model }) => loadModel(model));
  const sheets = bundledSheets.map(({ text }) => text);
  const quiz = parseSheet(sheets[0] ?? "");
  const progress = {
    format: "backpass quiz 1",
    name: "Ada",
    sheet: quiz.title,
    hash: sheetHash(quiz.source),
    seed: quiz.seed,
    current: quiz.questions[0]?.id ?? null,
    questions: Object.fromEntries(
      quiz.questions.map(({ id }) => [
        id,
        { state: "open", verdict: "wrong", answer: "1", misses: 1, hints: 0, tried: ["1"] },
      ]),
    ),
  };
  const all: readonly Door[] = [
    {
      name: "run.json",
      share: 330,
      open: async (draw) => {
        // Images make the third large.
        const { record } = draw(10) === 0 ? pick(runs, draw) : pick(runs.slice(0, 2), draw);
        readRecord(changedJson(record, draw));
        return {};
      },
    },
    {
      name: "the report of a run.json",
      share: 15,
      open: async (draw) => {
        const i = draw(runs.length);
        const change = draw(8) === 0 ? changedJson : sameKindsJson;
        const record = readRecord(change(runs[i]?.record, draw));
        const net = models[i]?.network;
        return net === undefined ? {} : { markup: [reportHtml(record, net)] };
      },
    },
    {
      name: "network.json",
      share: 200,
      open: async (draw) => {
        networkFromText("network.json", changedJson(pick(networks, draw), draw));
        return {};
      },
    },
    {
      name: "derivation, trace and drawing of a network.json",
      share: 2,
      open: async (draw) => {
        const network = named(pick(networks, draw), drawnText(draw));
        const { net, examples } = networkFromText("network.json", network);
        const parts = [pageToHtml(networkPage(deriveNetwork(net)))];
        if (examples !== null && examples.inputs.length > 0) {
          const traced = trace(net, examples.inputs, examples.targets, { engine: "reference", examples: [1] });
          parts.push(pageToHtml(tracePage(traced, { drawing: {}, name: drawnText(draw) })));
        }
        return { markup: parts };
      },
    },
    {
      name: "a model's metadata, its names in a trace",
      share: 5,
      open: async (draw) => {
        const { tensors, metadata } = decodeSafetensors(pick(runs, draw).model);
        const key = pick([...metadata.keys()], draw);
        const changed = new Map(metadata).set("sha256", "0".repeat(64));
        if (key !== "sha256" && key !== "network") changed.set(key, changedJsonText(metadata.get(key) ?? "", draw));
        const bytes = encodeSafetensors(tensors, changed);
        bytes.set(new TextEncoder().encode(sha256(bytes)), 8 + '{"__metadata__":{"sha256":"'.length);
        const { network: net, classes, preprocessing } = loadModel(bytes);
        const zeros = Array.from({ length: net.inputs }, () => 0);
        const targets = Array.from({ length: net.outputs }, (_, j) => (j === 0 ? 1 : 0));
        const traced = trace(net, [zeros], [targets], { engine: "reference" });
        const outputNames = classes ?? [];
        const names = preprocessing === null ? [] : inputNames(preprocessing);
        const drawing = { outputNames, inputNames: names };
        const page = tracePage(traced, { outputNames, drawing });
        return { markup: [pageToHtml(page), drawNetwork(traced, drawing)], terminal: pageToText(page) };
      },
    },
    {
      name: "a model's bytes",
      share: 100,
      open: async (draw) => {
        loadModel(changedBytes(pick(runs, draw).model, draw));
        return {};
      },
    },
    {
      name: "safetensors",
      share: 100,
      open: async (draw) => {
        decodeSafetensors(changedBytes(pick(runs, draw).model.subarray(0, 2000), draw));
        return {};
      },
    },
    {
      name: "a sheet",
      share: 10,
      open: async (draw) => {
        parseSheet(changedWord(pick(sheets, draw), draw));
        return {};
      },
    },
    {
      name: "a sheet, as page, text and LaTeX",
      share: 3,
      open: async (draw) => {
        const text = pick(sheets, draw);
        const sheet = parseSheet(draw(2) === 0 ? changedWord(text, draw) : changedText(text, draw));
        const solutions = draw(8) === 0;
        sheetToLatex(sheet, { solutions });
        sheetToText(sheet, { solutions });
        return { markup: [sheetToHtml(sheet, { solutions })] };
      },
    },
    {
      name: "a learner's answers",
      share: 50,
      open: async (draw) => {
        const learner = readAnswersFile(file("answers.json", changedJson(pick(answers, draw), draw)));
        if (draw(20) === 0) checkAnswers(quiz, { ...learner.answers, [drawnText(draw)]: "1" });
        return {};
      },
    },
    {
      name: "a quiz's progress",
      share: 40,
      open: async (draw) => {
        const path = file("progress.json", changedJson(progress, draw));
        readProgress(path)?.of(quiz);
        readAnswersFile(path);
        return {};
      },
    },
    {
      name: "a file of settings",
      share: 40,
      open: async (draw) => {
        readConfig(file("settings.json", changedJson(pick(settings, draw), draw)), trainCommand.options);
        return {};
      },
    },
    {
      name: "a table",
      share: 60,
      open: async (draw) => {
        const text = pick(tables, draw);
        prepare(await readCsv(draw(2) === 0 ? changedText(text, draw) : changedWord(text, draw)));
        return {};
      },
    },
    {
      name: "IDX",
      share: 50,
      open: async (draw) => {
        const bytes = draw(3) === 0 ? Uint8Array.from(gzipSync(images)) : images;
        await readIdx(changedBytes(bytes, draw));
        return {};
      },
    },
    {
      name: "a file of equations",
      share: 20,
      open: async (draw) => {
        const text = pick(systems, draw);
        const system = parseEquations(draw(2) === 0 ? changedText(text, draw) : changedWord(text, draw));
        return writtenPage(systemPage(deriveSystem(system)));
      },
    },
    {
      name: "a function",
      share: 5,
      open: async (draw) => {
        const formula = parseFormula(changedText(pick(functions, draw), draw));
        return writtenPage(functionPage(deriveFunction(formula, { name: drawnText(draw) })));
      },
    },
    {
      name: "the words of a command",
      share: 20,
      open: async (draw) => {
        const { terminal, written } = recordingTerminal();
        const commands = ["gradient", "explain", "derive", "lint", "sheet", "check", "report", "diagnose", "evaluate"];
        const words = [pick(commands, draw), drawnText(draw), `--${drawnText(draw)}`, drawnText(draw)];
        await run(words.slice(draw(2), 1 + draw(4)), terminal);
        const text = written.out + written.err;
        if (/\binternal: /.test(text)) throw new Error(text);
        return { terminal: text };
      },
    },
  ];
  return all;
}

function readRecord(text: string): RunRecord {
  return recordFrom(
    "run.json",
    parseJson(text, (fault) => new DataError(fault)),
  );
}

/** A network whose own function, cost or kind of function has a name of a stranger's. */
function named(network: unknown, name: string): string {
  return JSON.stringify(network).replaceAll(/"(?:own|swish2)"/g, () => JSON.stringify(name));
}

function writtenPage(page: Page): Written {
  pageToLatex(page);
  return { markup: [pageToHtml(page)], terminal: pageToText(page) };
}

function changedJsonText(text: string, draw: Draw): string {
  try {
    return (draw(2) === 0 ? changedJson : sameKindsJson)(JSON.parse(text), draw);
  } catch {
    return changedWord(text, draw);
  }
}

function pick<Each>(all: readonly Each[], draw: Draw): Each {
  const each = all[draw(all.length)];
  if (each === undefined) throw new Error("expected something to pick from, got nothing");
  return each;
}
