// The results file: what was measured, by which run. Everything in the report follows from it alone.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { flopsOf, nets } from "./nets.mjs";
import { sides } from "./sides/index.mjs";

/** The results of that name, or null. */
export function readResults(folder, name) {
  const file = join(folder, `${name}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null;
}

/** What makes an entry of a part the same measurement as another. */
const keys = {
  steps: ({ net, side }) => `${net} ${side}`,
  startUp: ({ side }) => side,
  learning: ({ side }) => side,
  growth: ({ engine, dimension }) => `${engine} ${dimension}`,
  predictions: ({ net, rows, side }) => `${net} ${rows} ${side}`,
};

/** Results of before, or none, with those measured now in place of their like. Every entry has the number of its run. */
export function mergedResults(before, { run, leftOut, ...measured }) {
  const runs = [...(before?.runs ?? []), run];
  const parts = Object.entries(keys).map(([part, keyOf]) => {
    const entries = new Map((before?.[part] ?? []).map((entry) => [keyOf(entry), entry]));
    for (const entry of measured[part]) entries.set(keyOf(entry), { ...entry, run: runs.length });
    return [part, [...entries.values()]];
  });
  const isMeasured = ({ side }) => parts.some(([, entries]) => entries.some((entry) => entry.side === side));
  return {
    runs,
    nets: nets.map((net) => ({
      name: net.name,
      megaflop: flopsOf(net) / 1e6,
      cost: net.cost,
      optimizer: net.optimizer,
    })),
    sides: sides.map(({ name, label, kind }) => ({ name, label, kind })),
    leftOut: [
      ...(before?.leftOut ?? []).filter((old) => !leftOut.some(({ side }) => side === old.side)),
      ...leftOut,
    ].filter((each) => !isMeasured(each)),
    ...Object.fromEntries(parts),
  };
}
