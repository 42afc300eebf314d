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
  },
);
