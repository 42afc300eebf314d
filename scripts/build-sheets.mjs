// Writes src/exercise/bundled-sheets.generated.ts from sheets/*.md, so that neither Node nor a bundler has to find a file at
// run time.
import { readFileSync, writeFileSync } from "node:fs";

const source = new URL("../sheets/", import.meta.url);
const output = new URL("../src/exercise/bundled-sheets.generated.ts", import.meta.url);

/** In the order in which they are best worked through. */
const names = ["backpropagation", "activations-and-costs", "two-three-two", "optimizers"];

const entries = names.map((name) => {
  const text = readFileSync(new URL(`${name}.md`, source), "utf8");
  const title = /^title: (.*)$/m.exec(text)?.[1];
  if (title === undefined) throw new Error(`sheets/${name}.md: expected a line "title: …", got none. Add it.`);
  return `  { name: ${JSON.stringify(name)}, title: ${JSON.stringify(title)}, text: ${JSON.stringify(text)} },`;
});
const text = `// Made by scripts/build-sheets.mjs from sheets/; do not edit.
export const sheetTexts: readonly { readonly name: string; readonly title: string; readonly text: string }[] = [
${entries.join("\n")}
];
`;
if (current() !== text) writeFileSync(output, text);

/** What is there already, so that an unchanged file keeps its date and nothing is compiled anew. */
function current() {
  try {
    return readFileSync(output, "utf8");
  } catch (error) {
    if (error.code === "ENOENT") return null;
    throw error;
  }
}
