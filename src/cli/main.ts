#!/usr/bin/env node
import process from "node:process";
import { run } from "./run.ts";
import { processTerminal } from "./framework/terminal.ts";

// The exit code is only set: `process.exit` would cut off what is still on its way into a pipe.
process.exitCode = await run(process.argv.slice(2), processTerminal());
