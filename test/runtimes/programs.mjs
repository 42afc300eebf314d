// The runtimes without a page, and how they run a file.
import { existsSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";

const installed = (path) => fileURLToPath(new URL(`node_modules/${path}`, import.meta.url));

/**
 * @typedef {object} Program
 * @property {string} name
 * @property {readonly string[]} command what comes before the name of a file
 * @property {boolean} isInstalledHere by `npm ci` in this folder
 * @property {string | null} missing how to get it; null when it is here
 */

/** @type {readonly Program[]} */
export const programs = [
  { name: `Node ${process.versions.node}`, command: [process.execPath], isInstalledHere: false },
  { name: "Node 24", command: [installed("node-24/bin/node")], isInstalledHere: true },
  { name: "Node 26", command: [installed("node-26/bin/node")], isInstalledHere: true },
  { name: "Bun", command: [installed("@oven/bun-linux-x64/bin/bun")], isInstalledHere: true },
  // Without any permission: the library needs none.
  {
    name: "Deno",
    command: [installed("@deno/linux-x64-glibc/deno"), "run", "--no-remote", "--no-prompt"],
    isInstalledHere: true,
  },
].map((program) => ({
  ...program,
  missing: existsSync(program.command[0]) ? null : "npm ci --prefix test/runtimes",
}));
