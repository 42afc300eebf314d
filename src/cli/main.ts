#!/usr/bin/env node
import process from "node:process";

// The program is made small: stack traces show its source only where Node reads the source maps along with the files.
if (process.argv.includes("--debug")) process.setSourceMapsEnabled(true);
const [{ run }, { processTerminal }] = await Promise.all([import("./run.ts"), import("./framework/terminal.ts")]);

// The exit code is only set: `process.exit` would cut off what is still on its way into a pipe.
process.exitCode = await run(process.argv.slice(2), processTerminal());
