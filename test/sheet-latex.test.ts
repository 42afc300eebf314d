import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { bundledSheets, parseSheet, sheetToLatex } from "../src/exercise/index.ts";

const pdflatex = "/usr/bin/pdflatex";
const folder = mkdtempSync(join(tmpdir(), "backpass-latex-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Compiles a document; what pdflatex complains of, and its exit code. */
function compiled(name: string, latex: string): { status: number | null; wide: readonly string[]; error: string } {
  writeFileSync(join(folder, `${name}.tex`), latex);
  const { status } = spawnSync(pdflatex, ["-interaction=nonstopmode", "-halt-on-error", `${name}.tex`], {
    cwd: folder,
  });
  const log = readFileSync(join(folder, `${name}.log`), "latin1");
  return { status, wide: log.match(/^Overfull.*$/gm) ?? [], error: /^!.*$/m.exec(log)?.[0] ?? "" };
}

const widest =
  "---\ntitle: Wide\n---\n\n```drawing\nwidths: [12, 12, 1, 12, 3, 2, 12, 1]\n```\n\n```drawing\nwidths: [1, 1]\n```\n";

describe.skipIf(!existsSync(pdflatex))(
  "sheets in LaTeX [skipped where missing: needs apt-get install texlive-latex-extra texlive-pictures]",
  () => {
    const cases = bundledSheets.flatMap(({ name, text }) =>
      [false, true].map((solutions) => ({
        name,
        solutions,
        latex: sheetToLatex(parseSheet(text, { seed: 7 }), { solutions }),
      })),
    );

    test.each(cases)("$name, solutions $solutions: compiles, and fits the page", ({ name, solutions, latex }) => {
      expect(compiled(`${name}-${solutions}`, latex)).toEqual({ status: 0, wide: [], error: "" });
    });

    test("drawings of the widest networks fit the page, too", () => {
      expect(compiled("wide", sheetToLatex(parseSheet(widest)))).toEqual({ status: 0, wide: [], error: "" });
    });
  },
);
