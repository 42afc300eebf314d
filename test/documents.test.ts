import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Installation, installPackage, type Outcome, repository } from "./installed-package.ts";

/** The pages a user reads: the README, and all of `docs`. */
const pages = ["README.md", ...readdirSync(join(repository, "docs")).filter((name) => name.endsWith(".md"))].map(
  (name) => (name === "README.md" ? name : join("docs", name)),
);
const textOf = (page: string): string => readFileSync(join(repository, page), "utf8");

interface Block {
  readonly language: string;
  readonly text: string;
  /** The block right after it, if it is the output that a reader is promised. */
  readonly output: string | null;
}

function blocksOf(page: string): readonly Block[] {
  // A fence of four backticks shows a page with fences of its own, which is no program.
  const text = textOf(page).replaceAll(/^````[\s\S]*?^````$/gm, "");
  const all = [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map((match) => ({
    language: match[1] ?? "",
    text: match[2] ?? "",
  }));
  return all.map((block, index) => {
    const next = all[index + 1];
    return { ...block, output: next?.language === "text" ? next.text : null };
  });
}

const blocksIn = (page: string, language: string): readonly Block[] =>
  blocksOf(page).filter((block) => block.language === language);

/** Whole lines of a page's shell blocks, without comments. */
const commandLines = (page: string): readonly string[] =>
  blocksIn(page, "sh").flatMap((block) =>
    block.text
      .split("\n")
      .map((line) => line.replace(/\s+#.*$/, "").trim())
      .filter((line) => line !== ""),
  );
const isOfRepository = (line: string): boolean => line.startsWith("npm ci");

/** The commands that find something to complain about, which is exit 1: their output, shown, or the page, says so. */
function findsFault(page: string, line: string): boolean {
  const shown = blocksIn(page, "sh").some(({ text, output }) => text.trim() === line && output?.includes("✗ wrong"));
  return shown || textOf(page).includes(`${line} # exit 1`);
}

let everything: Installation;

beforeAll(() => {
  everything = installPackage();
}, 120_000);

afterAll(() => everything?.remove());

describe("README.md", () => {
  test("has two commands that are whole on a fresh machine; the CI script runs the second", () => {
    expect(commandLines("README.md").filter(isOfRepository)).toEqual(["npm ci && npm start", "npm ci && npm test"]);
    const ci = readFileSync(join(repository, ".ci", "run"), "utf8");
    expect(ci).toMatch(/^npm ci$[\s\S]*^npm test$/m);
  });

  test("promises with `npm start` a training run that ends well", () => {
    const out = execFileSync("npm", ["start", "--silent"], { cwd: repository, encoding: "utf8" });
    expect(out).toMatch(/validation .*accuracy 9[789]\.\d %/);
  });
});

describe.each(pages)("%s, from the package alone", (page) => {
  let installation: Installation;
  /** What the page's commands did, each run once: some train for seconds. */
  const outcomes = new Map<string, Outcome>();
  const outcomeOf = (command: string): Outcome => {
    const outcome = outcomes.get(command) ?? installation.shell(command);
    outcomes.set(command, outcome);
    return outcome;
  };

  beforeAll(() => {
    installation = everything.inside(page.replaceAll(/\W/g, "-"));
    // A page shows one network file; its commands use it by this name.
    const [networkFile] = blocksIn(page, "json");
    if (networkFile !== undefined) installation.write("network.json", networkFile.text);
  });

  test("holds only kinds of blocks that are run here, and what they print", () => {
    // lecturer-week.test.ts runs the scripts of a week, which need files of its own.
    const ofThisPage = page === join("docs", "sheets.md") ? ["bash"] : [];
    for (const { language } of blocksOf(page)) expect(["sh", "ts", "json", "text", ...ofThisPage]).toContain(language);
  });

  for (const [index, block] of blocksIn(page, "ts").entries()) {
    test(`shows program ${index + 1}, which type-checks strictly, runs, and prints what stands below it`, () => {
      const name = `program-${index + 1}.ts`;
      installation.write(name, block.text);
      const { code, out, err } = installation.runTypeScript(name);
      expect({ code, err }).toEqual({ code: 0, err: "" });
      if (block.output !== null) expect(out).toBe(block.output);
    });
  }

  for (const line of commandLines(page).filter((line) => !isOfRepository(line))) {
    test(`shows \`${line}\`, which ends as it should`, () => {
      const { code, out, err } = outcomeOf(line);
      expect({ code, out, err }).toMatchObject({ code: findsFault(page, line) ? 1 : 0, err: "" });
      if (!line.includes(">")) expect(out).not.toBe("");
    });
  }

  for (const { text, output } of blocksIn(page, "sh").filter((block) => block.output !== null)) {
    test(`shows the output of \`${text.trim()}\` as it is`, () => {
      expect(outcomeOf(text.trim()).out).toBe(output);
    });
  }

  test("has links that lead somewhere, also in the package", () => {
    const root = join(everything.folder, "node_modules", "backpass");
    const links = [...textOf(page).matchAll(/\]\(([^)\s]+)\)|(?:src|srcset|href)="([^"]+)"/g)]
      .map(([, inText, inTag]) => inText ?? inTag ?? "")
      .filter((link) => !/^https?:/.test(link));
    for (const link of links) {
      const [path = "", anchor] = link.split("#");
      const file = path === "" ? page : relative(".", join(dirname(page), path));
      expect({ link, isThere: existsSync(join(root, file)) }).toEqual({ link, isThere: true });
      if (anchor !== undefined)
        expect({ link, anchors: anchorsOf(textOf(file)) }).toMatchObject({
          link,
          anchors: expect.arrayContaining([anchor]),
        });
    }
  });
});

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
}
