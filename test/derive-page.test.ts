import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deriveFunction, deriveNetwork, deriveSystem } from "../src/explain/index.ts";
import { functionPage, networkPage, pageToHtml, parseEquations, systemPage } from "../src/explain/index.ts";
import { activation, dense, network } from "../src/network/index.ts";
import { randomEquationFile } from "./random-equations.ts";
import { isChromiumThere, launchChromium } from "./chromium.ts";
import { contrast } from "./contrast.ts";

const sigmoid = activation("sigmoid");
const pages = {
  general: networkPage(deriveNetwork()),
  classifier: networkPage(deriveNetwork(network(2, [dense(3, "relu"), dense(3, "softmax")], { cost: "crossEntropy" }))),
  equations: systemPage(deriveSystem(parseEquations(randomEquationFile(7)))),
  function: functionPage(deriveFunction(sigmoid.kind === "elementwise" ? sigmoid.formula : expect.unreachable())),
};

describe.skipIf(!isChromiumThere())("pages in Chromium [skipped where missing: needs apt-get install chromium]", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser?.close());

  test.each(Object.entries(pages))(
    "%s: typeset, without a request, an error or text that overflows",
    async (_, page) => {
      const tab = await browser.newPage({ viewport: { width: 360, height: 800 } });
      const wrong: string[] = [];
      tab.on("request", (request) => wrong.push(request.url()));
      tab.on("pageerror", (error) => wrong.push(String(error)));
      tab.on("console", (message) => wrong.push(message.text()));
      await tab.setContent(pageToHtml(page));
      const seen = await tab.evaluate(() => ({
        // MathML that a browser does not know, or that is wrong, is set as a row of text or marked.
        formulas: [...document.querySelectorAll("math")].filter((each) => each.getBoundingClientRect().height > 5)
          .length,
        all: document.querySelectorAll("math").length,
        strange: [...document.querySelectorAll("math *")].filter((each) => !(each instanceof MathMLElement)).length,
        // On a narrow screen only the equations scroll, not the page.
        overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      }));
      expect(wrong).toEqual([]);
      expect(seen).toEqual({ formulas: seen.all, all: expect.any(Number), strange: 0, overflow: 0 });
      expect(seen.all).toBeGreaterThan(3);
      await tab.close();
    },
  );

  test("the quantity that is pointed at lights up everywhere", async () => {
    const tab = await browser.newPage();
    await tab.setContent(pageToHtml(pages.general));
    await tab.locator('[data-quantity="delta_j^l"]').first().hover();
    const lit = await tab.evaluate(() =>
      [...document.querySelectorAll(".lit")].map((each) => each.getAttribute("data-quantity")),
    );
    expect(lit.length).toBeGreaterThan(1);
    expect(new Set(lit)).toEqual(new Set(["delta_j^l"]));
    await tab.close();
  });

  test.each(["light", "dark"] as const)("text can be read in the %s theme", async (colorScheme) => {
    const tab = await browser.newPage({ colorScheme });
    await tab.setContent(pageToHtml(pages.general));
    const [paper, ink, soft] = await tab.evaluate(() =>
      [
        getComputedStyle(document.body).backgroundColor,
        getComputedStyle(document.body).color,
        getComputedStyle(document.querySelector(".why") ?? document.body).color,
      ].map((color) => color.match(/\d+/g)!.map(Number)),
    );
    // The 4.5 of WCAG 2, level AA.
    expect(contrast(paper!, ink!)).toBeGreaterThan(4.5);
    expect(contrast(paper!, soft!)).toBeGreaterThan(4.5);
    await tab.close();
  });
});
