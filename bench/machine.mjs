// What a run was made on and with.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism, cpus, loadavg, release, totalmem, type } from "node:os";

/** Machine, date, versions and load, as they are before the measuring. */
export function describeRun({ node, sides, command }) {
  return {
    date: new Date().toISOString().slice(0, 16).replace("T", " "),
    command: [
      "npm run bench --",
      ...command.filter((word, i) => word !== "--node" && command[i - 1] !== "--node"),
    ].join(" "),
    machine: {
      processor: cpus()[0]?.model.trim() ?? "unknown",
      cores: availableParallelism(),
      memoryGiB: Math.round(totalmem() / 2 ** 30),
      system: `${type()} ${release()}`,
    },
    node: execFileSync(node, ["--version"], { encoding: "utf8" }).trim().slice(1),
    versions: Object.fromEntries(sides.flatMap((side) => versionOf(side))),
    load: { before: loadavg().map((value) => Number(value.toFixed(2))), after: [] },
  };
}

function versionOf(side) {
  if (side.version !== undefined) return [[side.label.replace(/,.*/, ""), side.version()]];
  const packageName = side.kind === "backpass" ? "backpass" : side.package;
  if (packageName === undefined) return [];
  const file = new URL(`node_modules/${packageName}/package.json`, import.meta.url);
  return [[packageName, JSON.parse(readFileSync(file, "utf8")).version]];
}
