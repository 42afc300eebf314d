// Writes report, charts and README anew from bench/results.json: npm run bench:report. Needs nothing installed.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { writeReport } from "./files.mjs";

const folder = fileURLToPath(new URL("..", import.meta.url));
console.log(writeReport(folder, "results", JSON.parse(readFileSync(`${folder}results.json`, "utf8"))));
