// Writes src/data/bundled/NAME-bytes.generated.ts for each data/NAME.csv.gz: its bytes as base64, so that neither Node nor a
// bundler has to find a file at run time.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const source = new URL("../data/", import.meta.url);

for (const file of readdirSync(source).filter((file) => file.endsWith(".csv.gz"))) {
  const name = file.slice(0, -".csv.gz".length);
  const variable = name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
  const output = new URL(`../src/data/bundled/${name}-bytes.generated.ts`, import.meta.url);
  const text = `// Made by scripts/build-data.mjs from data/${file}; do not edit.
export const ${variable}Bytes: string =
  "${readFileSync(new URL(file, source)).toString("base64")}";
`;
  if (current(output) !== text) writeFileSync(output, text);
}

/** What is there already, so that an unchanged file keeps its date and nothing is compiled anew. */
function current(output) {
  try {
    return readFileSync(output, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return null;
    throw error;
  }
}
