// Writes src/data/digits-bytes.generated.ts: the bytes of data/digits.csv.gz as base64, so that neither Node nor a
// bundler has to find a file at run time.
import { readFileSync, writeFileSync } from "node:fs";

const source = new URL("../data/digits.csv.gz", import.meta.url);
const output = new URL("../src/data/digits-bytes.generated.ts", import.meta.url);

const text = `// Made by scripts/build-digits.mjs from data/digits.csv.gz; do not edit.
export const digitsBytes: string =
  "${readFileSync(source).toString("base64")}";
`;

/** What is there already, so that an unchanged file keeps its date and nothing is compiled anew. */
function current() {
  try {
    return readFileSync(output, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return null;
    throw error;
  }
}

if (current() !== text) writeFileSync(output, text);
