// The README's figures: the text between two markers, made of the results alone.
import { BLAS, fastestOf, PYTORCH, startUpTime, stepTime } from "./lookup.mjs";
import { duration, table } from "./table.mjs";

const START = "<!-- Figures of bench/results.json, written by `npm run bench`: -->";
const END = "<!-- End of the figures. -->";

/** The text with its figures up to date. @throws Error when the markers are missing. */
export function withReadmeBlock(text, results) {
  const [from, to] = [text.indexOf(START), text.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`README.md: expected the lines "${START}" and "${END}". Put them back.`);
  return `${text.slice(0, from + START.length)}\n\n${readmeBlock(results)}\n\n${text.slice(to)}`;
}

function readmeBlock(results) {
  const rows = results.nets.map(({ name }) => {
    const peer = fastestOf(results, name, "javascript");
    return [
      name,
      duration(stepTime(results, name, "wasm-1")),
      duration(stepTime(results, name, ...BLAS)),
      peer === null ? "–" : `${duration(peer.microseconds)} (${peer.label})`,
      duration(stepTime(results, name, ...PYTORCH)),
    ];
  });
  return [
    table(["net, examples a step", "`wasm`:", "`blas`:", "fastest peer in JavaScript:", "PyTorch:"], rows),
    sentences(results).join("\n"),
  ].join("\n\n");
}

function sentences({ runs, learning, startUp, ...results }) {
  // The last run that timed steps: a later one may have measured other things alone.
  const { machine, date, node } = runs.at(Math.max(...results.steps.map(({ run }) => run)) - 1);
  const seconds = (...sides) => {
    const found = learning.filter((entry) => sides.includes(entry.side) && entry.seconds !== undefined);
    return found.length === 0 ? null : Math.min(...found.map((entry) => entry.seconds)).toFixed(1);
  };
  const [wasm, pytorch] = [seconds("wasm-1"), seconds(...PYTORCH)];
  const first = startUpTime({ startUp, ...results }, "wasm-1");
  return [
    `\\* takes a similar step, not the same one. Time of a training step on ${machine.cores} cores (${machine.processor}), Node ${node}, ${date.slice(0, 10)}.`,
    ...(wasm === null || pytorch === null
      ? []
      : [`To 97 % on MNIST, from the start of the process: ${wasm} s with \`wasm\`, ${pytorch} s with PyTorch.`]),
    ...(first === null ? [] : [`A process has done its first step after ${first.toFixed(0)} ms.`]),
  ];
}
