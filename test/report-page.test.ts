import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { run } from "../src/cli/run.ts";
import { recordingTerminal } from "./recording-terminal.ts";
import { isChromiumThere, launchChromium } from "./chromium.ts";
import { contrast } from "./contrast.ts";

/** Runs to report on: images, a table of classes, amounts, and one that has findings. */
const runs: Readonly<Record<string, readonly string[]>> = {
  digits: ["digits", "--epochs", "4", "--hidden", "32"],
  wine: ["wine", "--epochs", "4", "--hidden", "8,8", "--activation", "tanh"],
  diabetes: ["diabetes", "--epochs", "4", "--hidden", "16"],
  sick: ["wine", "--epochs", "2", "--hidden", "8", "--standardize", "off"],
};

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "backpass-report-"));
  for (const [name, words] of Object.entries(runs)) {
    const { terminal, written } = recordingTerminal();
    const code = await run(["train", ...words, "--quiet", "--out", join(folder, name)], terminal);
    if (code !== 0) throw new Error(written.err);
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const html = (name: string): string => readFileSync(join(folder, name, "report.html"), "utf8");
const record = (name: string): unknown => JSON.parse(readFileSync(join(folder, name, "run.json"), "utf8"));

/** `figures.train.cost` of a record. */
function at(path: string, json: unknown): unknown {
  return path.split(".").reduce<unknown>((each, key) => (each as Record<string, unknown> | null)?.[key], json);
}

describe("the report that train writes", () => {
  test.each(Object.keys(runs))("of %s shows the numbers of run.json, and no others, beside their places", (name) => {
    const json = record(name);
    const shown = [...html(name).matchAll(/<data value="([^"]*)" data-path="([^"]*)">([^<]*)<\/data>/g)];
    expect(shown.length).toBeGreaterThan(20);
    for (const [, value, path = "", text = ""] of shown) {
      expect([path, Number(value)]).toEqual([path, at(path, json)]);
      expect(text).toMatch(/\d/);
      if (text.includes("min")) continue;
      // What is read is that number, rounded to the digits that are shown; in percent, or a duration.
      const isPercent = text.endsWith("%");
      const [, digits = "", decimals = "", exponent = "0"] =
        /^(-?[\d,]+(?:\.(\d+))?(?:e([+-]\d+))?)(?: [%s])?$/.exec(text) ?? [];
      const exact = Number(value) * (isPercent ? 100 : 1);
      const half = 0.5 * 10 ** (Number(exponent) - decimals.length);
      expect(Math.abs(Number(digits.replaceAll(",", "")) - exact)).toBeLessThanOrEqual(
        half * 1.0001 + (decimals === "" ? 10 ** (Math.floor(Math.log10(Math.abs(exact) + 1)) - 3) : 0),
      );
    }
    // Every score of the run is among them.
    const paths = shown.map(([, , path]) => path);
    for (const on of ["train", "validation"]) expect(paths).toContain(`figures.${on}.cost`);
  });

  test("says the same as --json printed, and is left out with --no-report", async () => {
    const { terminal, written } = recordingTerminal();
    const out = join(folder, "json");
    await run(["train", "iris", "--epochs", "2", "--hidden", "4", "--json", "--no-report", "--out", out], terminal);
    expect(at("figures", JSON.parse(readFileSync(join(out, "run.json"), "utf8")))).toEqual(JSON.parse(written.out));
    expect(existsSync(join(out, "report.html"))).toBe(false);
    // It can be had later.
    expect(await run(["report", out], terminal)).toBe(0);
    expect(existsSync(join(out, "report.html"))).toBe(true);
  });

  test("is written again byte by byte the same, and on other data with their confusions", async () => {
    const { terminal } = recordingTerminal();
    const before = html("wine");
    expect(await run(["report", join(folder, "wine"), "--quiet"], terminal)).toBe(0);
    expect(html("wine")).toBe(before);
    const other = join(folder, "other.html");
    expect(await run(["report", join(folder, "wine"), "wine", "--out", other], terminal)).toBe(0);
    expect(readFileSync(other, "utf8")).toContain('<data value="178" data-path="measured.examples">178</data>');
  });

  test.each([
    ["no-such-folder", "expected the folder of a run, got no such folder"],
    ["other.html", "expected the folder of a run, got a file"],
  ])("is refused for %s with one line", async (name, message) => {
    const { terminal, written } = recordingTerminal();
    expect(await run(["report", join(folder, name)], terminal)).toBe(2);
    expect(written.err).toMatch(/^backpass: [^\n]+\n$/);
    expect(written.err).toContain(message);
  });

  test("draws mistakes of images as images, and names unusual inputs of others", () => {
    expect(html("digits")).toMatch(
      /<img src="data:image\/png;base64,[^"]+" width="8" alt="example \d+: \d, taken for \d">/,
    );
    expect(html("wine")).not.toContain("<img");
    expect(html("diabetes")).toContain("Farthest off first");
  });

  test("names the findings of a sick run, and says of a healthy one that there are none", () => {
    expect(html("sick")).toContain('<h3 id="finding-1">Unscaled inputs</h3>');
    expect(html("sick")).toContain('data-quantity="a_k^(l-1)" class="term"');
    expect(html("wine")).toContain("Nothing found.");
  });
});

describe.skipIf(!isChromiumThere())(
  "the report in Chromium [skipped where missing: needs apt-get install chromium]",
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchChromium();
    });
    afterAll(() => browser?.close());

    const opened = async (
      name: string,
      width: number,
      colorScheme: "light" | "dark",
    ): Promise<{ tab: Page; wrong: string[] }> => {
      const tab = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
      const wrong: string[] = [];
      const url = pathToFileURL(join(folder, name, "report.html")).href;
      tab.on("request", (request) => {
        if (request.url() !== url && !request.url().startsWith("data:")) wrong.push(request.url());
      });
      tab.on("pageerror", (error) => wrong.push(String(error)));
      tab.on("console", (message) => wrong.push(message.text()));
      await tab.goto(url);
      return { tab, wrong };
    };

    test.each(Object.keys(runs))(
      "%s opens from the disk without an error or a request, also on a phone",
      async (name) => {
        const { tab, wrong } = await opened(name, 360, "light");
        const seen = await tab.evaluate(() => ({
          overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
          broken: [...document.images].filter((image) => image.naturalWidth === 0).length,
          strange: [...document.querySelectorAll("math *")].filter((each) => !(each instanceof MathMLElement)).length,
          twice:
            [...document.querySelectorAll("[id]")].length -
            new Set([...document.querySelectorAll("[id]")].map(({ id }) => id)).size,
          lost: [...document.querySelectorAll('a[href^="#"]')].filter(
            (each) => document.querySelector(each.getAttribute("href") ?? "") === null,
          ).length,
        }));
        expect(wrong).toEqual([]);
        expect(seen).toEqual({ overflow: 0, broken: 0, strange: 0, twice: 0, lost: 0 });
        await tab.close();
      },
    );

    test("assistive software finds its headings, tables with captions, charts and images by name", async () => {
      const { tab } = await opened("digits", 1000, "light");
      const tree = await tab.locator("body").ariaSnapshot();
      for (const heading of [
        "Learning curves",
        "Confusions",
        "Worst mistakes",
        "How errors flow",
        "Diagnosis",
        "The equations of this network",
      ]) {
        expect(tree).toMatch(new RegExp(`heading "${heading}" \\[level=2\\]`));
      }
      expect(tree).toMatch(/heading "digits: classification" \[level=1\]/);
      expect(tree).toMatch(/img "Cost by epoch, spaced by ratio"/);
      expect(tree).toMatch(/img "example \d+: \d, taken for \d"/);
      expect(tree).toMatch(/table "At the end; baseline: /);
      expect(tree).toMatch(/columnheader "accuracy"/);
      expect(tree).toMatch(/rowheader "validation"/);
      // No level is skipped on the way down.
      const levels = [...tree.matchAll(/heading [^\n]*\[level=(\d)\]/g)].map(([, level]) => Number(level));
      for (const [i, level] of levels.entries()) expect(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1);
      await tab.close();
    });

    test.each(["light", "dark"] as const)("its words can be read in the %s theme", async (colorScheme) => {
      const { tab } = await opened("sick", 1000, colorScheme);
      const colors = await tab.evaluate(() => {
        const of = (selector: string, property: "color" | "backgroundColor"): number[] =>
          (getComputedStyle(document.querySelector(selector) ?? document.body)[property].match(/[\d.]+/g) ?? []).map(
            Number,
          );
        const card = of(".card", "backgroundColor");
        const paper = of("body", "backgroundColor");
        return [
          [paper, of("body", "color")],
          [card, of(".card dt", "color")],
          [card, of(".card .large", "color")],
          [card, of(".warn .large", "color")],
          [paper, of("caption", "color")],
          [paper, of(".term", "color")],
        ];
      });
      // The 4.5 of WCAG 2, level AA.
      for (const [below = [], above = []] of colors) expect(contrast(below, above)).toBeGreaterThan(4.5);
      await tab.close();
    });

    test("prints on pages, all of it", async () => {
      const { tab } = await opened("wine", 1000, "dark");
      const pdf = await tab.pdf({ format: "A4" });
      expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
      await tab.emulateMedia({ media: "print" });
      expect(await tab.locator("nav").isVisible()).toBe(false);
      expect(await tab.locator("#equations").isVisible()).toBe(true);
      await tab.close();
    });
  },
);
