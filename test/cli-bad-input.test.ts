import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../src/cli/run.ts";
import { encodeSafetensors } from "../src/model/index.ts";
import { recordingTerminal } from "./recording-terminal.ts";
import { slopesSheet } from "./slopes-sheet.ts";

/** Files by name, for the command lines below; a name ends a path in the folder of this test. */
const files: Readonly<Record<string, string | Uint8Array>> = {
  "good.csv": table((i) => `${i % 13},${(7 * i) % 11},${i % 2 === 0 ? "a" : "b"}`),
  "empty.csv": "",
  "blank.csv": "\n\n\n",
  "header-only.csv": "x,y,kind\n",
  "ragged.csv": "x,y\n1,2\n3\n",
  "open-quote.csv": 'x,y\n1,2\n3,"4\n5,6\n',
  "text-in-numbers.csv": `${table((i) => `${i},${(7 * i) % 11},${i % 2}`, 60)}oops,1,0\n`,
  "one-class.csv": table((i) => `${i},${(7 * i) % 11},a`),
  "one-amount.csv": table((i) => `${i},${(7 * i) % 11},0.5`),
  "one-column.csv": "x\n1\n2\n3\n",
  "constant.csv": table((i) => `7,7,${i % 2 === 0 ? "a" : "b"}`),
  "infinity.csv": table((i) => `${i === 3 ? "Infinity" : i},1,${i % 2 === 0 ? "a" : "b"}`),
  "no-targets.csv": table((i) => `${i},${i % 7},`),
  "binary.csv": Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0x00, 0x10, 0xfe, 0xfe, 0x80, 0x81]),
  "sheet.csv": Uint8Array.from([0x50, 0x4b, 0x03, 0x04, 0x14, 0x00, 0x06, 0x00]),
  "cut.csv.gz": gzipSync(table((i) => `${i},1,${i % 2}`)).subarray(0, 60),
  "other-columns.csv": "p,q,kind\n1,2,a\n3,4,b\n",
  "new-class.csv": "x,y,kind\n1,2,a\n3,4,z\n",
  "word.csv": "x,y,kind\n1,2,a\nthree,4,b\n",
  "only-inputs.csv": "x,y\n1,2\n3,4\n",
  "list.json": "[1, 2]",
  "broken.json": "{ epochs: 3 }",
  "unknown.json": '{ "learningRate": 0.1 }',
  "wrong-kind.json": '{ "quiet": 1 }',
  "nested.json": '{ "hidden": { "units": 3 } }',
  "too-many.json": '{ "epochs": 0 }',
  "text.safetensors": "this is no model",
  "short.safetensors": Uint8Array.from([8, 0, 0, 0]),
  "foreign.safetensors": encodeSafetensors(new Map([["w", { shape: [1], values: Float32Array.of(1) }]]), new Map()),
  "network.json": '{ "inputs": 1, "layers": [ { "units": 1 } ] }',
  "cycle.txt": "z1 = w*a1\na1 = tanh(z1)\nC = a1\nparameters w = 1\ncost C\n",
  "equations.txt": "C = w^2\nparameters w = 1\ncost C\n",
  "unknown-name.txt": "z = wieght*x\nC = z\ngiven weight = 1, x = 1\nparameters w = 1\ncost C\n",
  "slopes.md": slopesSheet,
  "no-sheet.md": "Just text.",
  "bad-sheet.md": slopesSheet.replace("kind: formula", "kind: fromula"),
  "answers.json": '{ "slope": "2*z" }',
  "object-answer.json": '{ "slope": { "z": 2 } }',
  "bad-network.json": '{ "inputs": 1, "layers": [ { "units": 1, "activaton": "relu" } ] }',
};

function table(row: (i: number) => string, rows = 40): string {
  return `x,y,kind\n${Array.from({ length: rows }, (_, i) => `${row(i)}\n`).join("")}`;
}

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "backpass-bad-"));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  mkdirSync(join(folder, "no-images"));
  writeFileSync(join(folder, "no-images", "readme"), "nothing");
  mkdirSync(join(folder, "cut-images"));
  // Claims 2 images of 2 × 2 bytes, and has 5 of the 8.
  writeFileSync(
    join(folder, "cut-images", "train-images-idx3-ubyte"),
    Uint8Array.from([0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2, 1, 2, 3, 4, 5]),
  );
  writeFileSync(join(folder, "cut-images", "train-labels-idx1-ubyte"), Uint8Array.from([0, 0, 8, 1, 0, 0, 0, 2, 0, 1]));
  const { terminal, written } = recordingTerminal();
  const words = ["train", join(folder, "good.csv"), "--epochs", "1", "--quiet", "--out", join(folder, "run")];
  if ((await run(words, terminal)) !== 0) throw new Error(written.err);
  const model = readFileSync(join(folder, "run", "model.safetensors"));
  writeFileSync(join(folder, "model.safetensors"), model);
  writeFileSync(join(folder, "half.safetensors"), model.subarray(0, model.length / 2));
  const changed = Uint8Array.from(model);
  changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
  writeFileSync(join(folder, "changed.safetensors"), changed);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A command line (a word that is in `files`, or begins with `@`, is a path), its exit code and what it says. */
const cases: readonly (readonly [line: string, code: number, message: RegExp])[] = [
  // The command line.
  ["", 2, /Usage: backpass COMMAND/],
  ["tran digits", 2, /expected a command .*, got "tran"\. Did you mean "train"\?/],
  ["train", 2, /train: expected one DATA, got nothing\. Run: backpass train --help|train: expected DATA, got nothing/],
  ["fit good.csv", 2, /got "fit"\. Did you mean "train"\?/],
  ["-x", 2, /expected a command or an option \(--help, --version, --debug\), got "-x"/],
  ["train iri", 2, /there is no file "iri" here, and no bundled data of that name .* Did you mean "iris"\?/],
  ["sheet backprop", 2, /no bundled sheet of that name .* Did you mean "backpropagation"\?/],
  ["predict good.csv iris", 2, /good\.csv: expected a model, got another file\. .*the model comes first/],
  ["predict iris good.csv", 2, /iris: expected a model first, got the name of bundled data/],
  ["explain good.csv", 2, /good\.csv: expected a network as JSON, .* or a trained model, got another file/],
  ["derive x*y --wrt x", 2, /got --wrt\. Did you mean "--by"\?/],
  ["predict a b --output c", 2, /got --output\. Did you mean "--out"\?/],
  ["train good.csv --gpu", 2, /got --gpu\. Did you mean "--engine"\?/],
  ["train iris --weights nothere", 2, /weights: expected the name of a column/],
  ["train good.csv iris", 2, /expected one DATA, got also "iris"/],
  ["predict model.safetensors", 2, /predict: expected MODEL and DATA, got only "/],
  ["train good.csv --epoch 3", 2, /got --epoch\. Did you mean "--epochs"\?/],
  ["train good.csv --epochs", 2, /--epochs: expected COUNT, got nothing/],
  ["train good.csv --epochs 0", 2, /--epochs: expected a whole number from 1 up, got "0"/],
  ["train good.csv --epochs many", 2, /--epochs: expected a whole number from 1 up, got "many"/],
  ["train good.csv --quiet=yes", 2, /--quiet: expected no value, got "yes"/],
  ["train good.csv --learning-rate -1", 2, /--learning-rate: expected a number above 0, got "-1"/],
  ["train good.csv --learning-rate 0x1", 2, /--learning-rate: expected a number above 0, got "0x1"/],
  ["train good.csv --batch-size 2.5", 2, /--batch-size: expected a whole number from 1 up, got "2.5"/],
  ["train good.csv --validation 1", 2, /--validation: expected a fraction from 0 up, below 1, got "1"/],
  ["train good.csv --hidden 64,x", 2, /--hidden: expected widths such as .*, got "x"/],
  ["train good.csv --hidden 0", 2, /--hidden: expected widths such as .*, got "0"/],
  ["train good.csv --hidden 1000000000", 2, /network: expected at most \d+ weights in a layer, got/],
  ["train good.csv --activation rleu", 2, /--activation: .*, got "rleu"\. Did you mean "relu"\?/],
  ["train good.csv --cost crossentropi", 2, /--cost: .* Did you mean "crossEntropy"\?/],
  ["train good.csv --cost poisson --task regression", 2, /expected a number, for a regression, got "a"/],
  ["train diabetes --cost hinge", 2, /--cost: expected a cost for a regression \(.*\), got "hinge"/],
  ["train diabetes --cost poisson", 2, /--cost: .*--standardize off/],
  ["train good.csv --optimizer adm", 2, /Did you mean "adam"\?/],
  ["train good.csv --schedule cosin", 2, /Did you mean "cosine"\?/],
  ["train good.csv --init he", 2, /--init: expected .*heNormal.*, got "he"/],
  ["train good.csv --engine wasn", 2, /Did you mean "wasm"\?/],
  ["train good.csv --standardize maybe", 2, /--standardize: expected on, off, got "maybe"/],
  ["train good.csv --dropout 1", 2, /--dropout: expected a fraction from 0 up, below 1, got "1"/],
  ["train good.csv --l2 -3", 2, /--l2: expected a number from 0 up, got "-3"/],
  ["train good.csv --patience 0", 2, /--patience: expected a whole number from 1 up, got "0"/],
  ["train good.csv --seed -1", 2, /--seed: expected a whole number from 0 up, got "-1"/],
  ["train good.csv --delimiter ab", 2, /--delimiter: expected one character, tab or space, got "ab"/],
  ["train good.csv --task clustering", 2, /--task: expected classification, multilabel, regression, got "clustering"/],
  ["train good.csv --target knid", 2, /expected the name of a column.*got "knid"\. Did you mean "kind"\?/],
  ["train good.csv --target 9", 2, /expected the name of a column, or a number from 1 to 3, got "9"/],
  ["train good.csv --test @missing.csv", 2, /there is no file ".*missing\.csv"/],
  ["train good.csv --test other-columns.csv", 2, /other-columns\.csv: .*expected a column "x"/],
  [
    "train good.csv --test new-class.csv",
    2,
    /new-class\.csv|row 3: expected a class of training \("a", "b"\), got "z"/,
  ],
  ["train good.csv --out good.csv", 2, /good\.csv: expected a folder to write to, got a file of that name/],
  // Settings from a file.
  ["train good.csv --config @missing.json", 2, /there is no file ".*missing\.json"/],
  ["train good.csv --config list.json", 2, /list\.json: expected an object of options, got a list/],
  ["train good.csv --config broken.json", 2, /broken\.json: line 1, column \d+: expected .*JSON there/],
  ["train good.csv --config unknown.json", 2, /unknown\.json: .*got "learningRate"\. Did you mean "learning-rate"\?/],
  ["train good.csv --config wrong-kind.json", 2, /wrong-kind\.json: quiet: expected true or false, got 1/],
  [
    "train good.csv --config nested.json",
    2,
    /nested\.json: hidden: expected a number, a text or a list.*got an object/,
  ],
  ["train good.csv --config too-many.json", 2, /too-many\.json: epochs: expected a whole number from 1 up, got "0"/],
  // Data.
  ["train @missing.csv", 2, /there is no file ".*missing\.csv".*, and no bundled data of that name/],
  ["train digit", 2, /there is no file "digit" here, .*Did you mean "digits"\?/],
  ["train empty.csv", 2, /empty\.csv: expected rows/],
  ["train blank.csv", 2, /blank\.csv: expected rows/],
  ["train header-only.csv", 2, /header-only\.csv: expected rows/],
  ["train ragged.csv", 2, /ragged\.csv: row 3: expected 2 cells, .*got 1/],
  ["train open-quote.csv", 2, /open-quote\.csv: .*quote/],
  ["train text-in-numbers.csv", 2, /text-in-numbers\.csv: column "x" \(1\), row 62: expected a number.*got "oops"/],
  ["train one-class.csv", 2, /expected two or more different classes, got "a" in every row/],
  ["train one-amount.csv", 2, /expected two or more different .*, got "0.5" in every row/],
  ["train one-column.csv", 2, /expected a target and at least one other column, got one column/],
  ["train constant.csv", 2, /expected at least one column to learn from.*got none/],
  ["train infinity.csv", 2, /infinity\.csv: .*row 5: expected .*got "Infinity"/],
  ["train no-targets.csv", 2, /column "kind" \(3\): expected numbers or categories, got a column without values/],
  ["train binary.csv", 2, /binary\.csv: expected text, got a JPEG image\. Name a table/],
  ["train sheet.csv", 2, /sheet\.csv: expected text, got a zip archive/],
  ["train cut.csv.gz", 2, /cut\.csv\.gz: expected whole gzip data, got a damaged or truncated file/],
  ["train @no-images", 2, /no-images: expected a folder with IDX files .*got readme/],
  ["train @cut-images", 2, /train-images-idx3-ubyte: expected 24 bytes for 2 × 2 × 2 elements, got 21/],
  ["train good.csv --test @no-images", 2, /no-images: expected a folder with IDX files/],
  // Models.
  ["predict @missing.safetensors good.csv", 2, /there is no file ".*missing\.safetensors"/],
  ["predict text.safetensors good.csv", 2, /text\.safetensors: .*expected/],
  ["predict short.safetensors good.csv", 2, /short\.safetensors: .*expected/],
  ["predict half.safetensors good.csv", 2, /half\.safetensors: .*expected/],
  ["predict changed.safetensors good.csv", 2, /changed\.safetensors: model: expected a file with SHA-256/],
  ["predict foreign.safetensors good.csv", 2, /foreign\.safetensors: model: expected a file saved by backpass/],
  ["predict network.json good.csv", 2, /network\.json: .*expected/],
  ["predict model.safetensors other-columns.csv", 2, /other-columns\.csv: expected a column "x", as in training/],
  ["predict model.safetensors word.csv", 2, /word\.csv: column "x" \(1\), row 3: expected a number.*got "three"/],
  ["predict model.safetensors good.csv --json --csv", 2, /expected --json or --csv, got both/],
  ["evaluate model.safetensors only-inputs.csv", 2, /expected the target column "kind" \(3\), got a table without it/],
  ["evaluate model.safetensors new-class.csv", 2, /row 3: expected a class of training \("a", "b"\), got "z"/],
  ["evaluate model.safetensors no-targets.csv", 2, /expected rows with a target, got none/],
  ["gradient @missing.json", 2, /there is no file ".*missing\.json"/],
  ["gradient network.json", 2, /network\.json: expected "examples"/],
  ["gradcheck bad-network.json", 2, /bad-network\.json: .*Did you mean "activation"\?/],
  ["gradcheck half.safetensors", 2, /half\.safetensors: .*expected/],
  ["derive cycle.txt", 2, /cycle\.txt: line 1: expected equations .*got a cycle, z1 → a1 → z1/],
  ["derive unknown-name.txt", 2, /unknown-name\.txt: line 1, column 5: .*got "wieght"\. Did you mean weight\?/],
  ["derive empty.csv", 2, /empty\.csv: equations: expected equations/],
  ["derive equations.txt --at w=1e999", 2, /--at w: expected a number, got "1e999"/],
  ["derive equations.txt --svg plot.svg", 2, /--svg: expected a function of one quantity/],
  ["derive bad-network.json", 2, /bad-network\.json: .*Did you mean "activation"\?/],
  ["derive half.safetensors", 2, /half\.safetensors: .*expected/],
  ["derive @no-images", 2, /no-images: expected a model or the folder of a run, .* got a folder without/],
  ["derive sigmodi", 2, /got "sigmodi"\. Did you mean "sigmoid"\?/],
  ["derive softmax", 2, /got "softmax", which takes a whole layer/],
  ["data ires", 2, /data: expected .*, got "ires"\. Did you mean "iris"\?/],
  ["check", 2, /check: expected --question ID with --answer TEXT, --answers FILE or --class FOLDER, got none/],
  ["check slopes.md --question slope --answer", 2, /--answer: expected TEXT, got nothing/],
  ["check slopes.md --question slop --answer z", 2, /got "slop"\. Did you mean "slope"\?/],
  ["check backpropagatoin --question slope --answer z", 2, /Did you mean "backpropagation"\?/],
  ["check slopes.md --question slope --answer z --seed -1", 2, /--seed: expected a whole number from 0 up, got "-1"/],
  ["check slopes.md --answers list.json", 2, /list\.json: expected answers by question.*, got a list/],
  ["check slopes.md --answers object-answer.json", 2, /"slope": expected the answer as a text, got an object\./],
  ["check slopes.md --answers binary.csv", 2, /binary\.csv: expected text in UTF-8, got bytes that are not/],
  ["check slopes.md --class @no-images", 2, /expected \*\.json files with answers, got a folder without any/],
  ["check slopes.md --class answers.json", 2, /expected a folder with answers, got a file/],
  ["lint bad-sheet.md", 2, /bad-sheet\.md: line \d+, column \d+: .*Did you mean "formula"\?/],
  ["lint @no-images", 2, /no-images: expected a file to read, got a folder/],
  ["quiz no-sheet.md", 2, /no-sheet\.md: /],
  ["quiz slopes.md --progress answers.json", 2, /answers\.json: expected the progress of a quiz, got something else/],
  ["quiz slopes.md --progress broken.json", 2, /broken\.json: expected the progress of a quiz, got something else/],
  ["data --csv", 2, /expected NAME with --csv, got none/],
];

describe("bad input", () => {
  test("is tried in forty ways and more", () => expect(cases.length).toBeGreaterThanOrEqual(40));

  test.each(cases)("`backpass %s` ends with exit %i and one line that says %s", async (line, code, message) => {
    const words = line
      .split(" ")
      .filter((word) => word !== "")
      .map((word) => {
        const isMade = word === "model.safetensors" || word === "half.safetensors" || word === "changed.safetensors";
        return Object.hasOwn(files, word) || isMade || word.startsWith("@")
          ? join(folder, word.replace("@", ""))
          : word;
      });
    const before = readdirSync(folder);
    const out = words[0] === "train" && !words.includes("--out") ? ["--out", join(folder, "never")] : [];
    const { terminal, written } = recordingTerminal();
    const result = await run([...words, ...out], terminal);
    expect({ code: result, err: written.err }).toEqual({ code, err: expect.stringMatching(message) });
    if (line !== "") expect(written.err).toMatch(/^backpass: [^\n]+\n$/);
    expect(written.err).not.toContain("internal");
    // Nothing is printed that looks like a result, and nothing written.
    if (words[0] !== "train") expect(written.out).toBe("");
    expect(readdirSync(folder)).toEqual(before);
  });
});
