// The section of RESULTS.md about predictions.
import { duration, size, table, times } from "./table.mjs";

const METHOD = `Time of a call that answers so many rows, from numbers in a \`Float32Array\` to numbers in one (\`predict(net, rows)\`: arrays of
arrays). For each net the processes of all sides take turns in short windows; medians of the windows. Answers are compared with
float64 before; \`x wasm\` is the time as a multiple of that of \`predictor\` on the engine \`wasm\`: above 1 means slower.`;

export function predictionsText(results) {
  const entries = results.predictions ?? [];
  if (entries.length === 0) return [];
  const groups = grouped(entries);
  return ["## Predictions", METHOD, ...[...groups.values()].flatMap(groupText)];
}

const keyOf = ({ net, rows }) => `${net}, ${rows === 1 ? "one row" : `${rows} rows`}`;

function grouped(entries) {
  const groups = new Map();
  for (const entry of entries) groups.set(keyOf(entry), [...(groups.get(keyOf(entry)) ?? []), entry]);
  return groups;
}

function groupText(entries) {
  const timed = entries.filter(({ nanoseconds }) => nanoseconds !== undefined);
  const wasm = timed.find(({ side }) => side === "predictor-wasm")?.nanoseconds.median ?? null;
  const rows = timed
    .toSorted((a, b) => a.nanoseconds.median - b.nanoseconds.median)
    .map(({ label, nanoseconds: { median, p10, p90 }, off, note }) => [
      label,
      duration(median / 1000),
      `${duration(p10 / 1000)} – ${duration(p90 / 1000)}`,
      times(wasm === null ? null : median / wasm),
      off === 0 ? "0" : size(off),
      note ?? "",
    ]);
  const failed = entries
    .filter(({ failure }) => failure !== undefined)
    .map((each) => `- ${each.label}: ${each.failure}`);
  return [
    `### ${keyOf(entries[0])}`,
    table(["side", "median:", "10 % – 90 %:", "x wasm:", "off:", "note"], rows),
    ...(failed.length === 0 ? [] : [failed.join("\n")]),
  ];
}
