import type { Browser, Page as Tab } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundledSheets, parseSheet, sheetToHtml } from "../src/exercise/index.ts";
import { isChromiumThere, launchChromium } from "./chromium.ts";
import { contrast } from "./contrast.ts";

const cases = bundledSheets.flatMap(({ name, text }) =>
  (["light", "dark"] as const).flatMap((colorScheme) =>
    [false, true].map((solutions) => ({
      name,
      colorScheme,
      solutions,
      html: sheetToHtml(parseSheet(text), { solutions }),
    })),
  ),
);

/** Colors of an element's text and of what is behind it, as CSS says them. */
function colorsOf(tab: Tab, selector: string): Promise<{ ink: string; paper: string } | null> {
  return tab.evaluate((wanted) => {
    const element = document.querySelector(wanted);
    if (element === null) return null;
    let behind: Element | null = element;
    const isClear = (each: Element): boolean => getComputedStyle(each).backgroundColor === "rgba(0, 0, 0, 0)";
    while (behind !== null && isClear(behind)) behind = behind.parentElement;
    return {
      ink: getComputedStyle(element).color,
      paper: getComputedStyle(behind ?? document.body).backgroundColor,
    };
  }, selector);
}

/** Of `rgb(1, 2, 3)`. */
function channels(color: string): readonly number[] {
  return (color.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
}

describe.skipIf(!isChromiumThere())(
  "sheets in Chromium [skipped where missing: needs apt-get install chromium]",
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchChromium();
    });
    afterAll(() => browser?.close());

    test.each(cases)(
      "$name, $colorScheme, solutions $solutions: fits a phone, and can be read",
      async ({ html, colorScheme }) => {
        const tab = await browser.newPage({ viewport: { width: 360, height: 700 }, colorScheme });
        const problems: string[] = [];
        tab.on("console", (message) => problems.push(message.text()));
        tab.on("request", (request) => problems.push(request.url()));
        await tab.setContent(html);
        expect(problems).toEqual([]);
        const width = await tab.evaluate(() => document.documentElement.scrollWidth);
        expect(width).toBeLessThanOrEqual(360);
        for (const selector of ["h1", "p", ".points", ".answer", ".solution", ".right-choice", "figcaption", "code"]) {
          const colors = await colorsOf(tab, selector);
          // WCAG 2.2 asks for 4.5 for text of this size.
          if (colors !== null)
            expect(contrast(channels(colors.ink), channels(colors.paper)), selector).toBeGreaterThanOrEqual(4.5);
        }
        await tab.close();
      },
    );

    test.each(["light", "dark"] as const)("a table that is cut shows that it scrolls, %s", async (colorScheme) => {
      const cells = Array.from({ length: 12 }, (_, i) => `column ${i + 1}`);
      const row = (texts: readonly string[]): string => `| ${texts.join(" | ")} |\n`;
      const table = row(cells) + row(cells.map(() => "---")) + row(cells);
      const tab = await browser.newPage({ viewport: { width: 400, height: 700 }, colorScheme });
      await tab.setContent(
        sheetToHtml(parseSheet(`---\ntitle: T\n---\n\n${table}\n\`\`\`drawing\nwidths: [3, 4, 4, 2]\n\`\`\`\n`)),
      );
      const seen = await tab.evaluate(() => {
        const box = document.querySelector("main > .scroll:has(table)");
        const figure = document.querySelector("figure");
        const text = document.querySelector("svg text.soft");
        return {
          isCut: (box?.scrollWidth ?? 0) > (box?.clientWidth ?? 0),
          attachments: box === null ? "" : getComputedStyle(box).backgroundAttachment,
          isFigureCut: (figure?.scrollWidth ?? 0) > (figure?.clientWidth ?? 0),
          // A drawing that were shrunk to the width of a phone would have letters of half the size.
          letters: text?.getBoundingClientRect().height ?? 0,
          page: document.documentElement.scrollWidth,
        };
      });
      expect(seen).toMatchObject({ isCut: true, isFigureCut: true, page: 400 });
      expect(seen.attachments).toBe("local, local, scroll, scroll, scroll");
      expect(seen.letters).toBeGreaterThan(12);
      await tab.close();
    });
  },
);
