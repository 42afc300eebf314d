import type { Browser, Page as Tab } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { drawNetwork, openNeuron, pageToHtml, trace, tracePage } from "../src/explain/index.ts";
import { dense, network } from "../src/network/index.ts";
import { isChromiumThere, launchChromium } from "./chromium.ts";
import { contrast, luminance } from "./contrast.ts";

function pixels(width: number): number[] {
  return Array.from({ length: width }, (_, k) => Math.max(0, Math.sin(k / 3)));
}

const classes = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
const traces = {
  "1-1-1": {
    traced: trace(
      network(1, [
        dense(1, "relu", { bias: false, weights: [[0.01]] }),
        dense(1, "sigmoid", { weights: [[-5]], biases: [-1] }),
      ]),
      [[3]],
      [[1]],
    ),
    options: { inputNames: ["size"] },
  },
  "2-3-3-2": {
    traced: trace(
      network(2, [dense(3, "tanh"), dense(3, "sigmoid"), dense(2, "softmax")], { seed: 4 }),
      [[0.5, -1]],
      [1],
    ),
    options: { outputNames: ["setosa", "virginica"] },
  },
  "30-24-12-1": {
    traced: trace(
      network(30, [dense(24, "gelu"), dense(12, "tanh"), dense(1, "sigmoid")]) as never,
      [pixels(30)] as never,
      [1],
    ),
    options: { inputNames: pixels(30).map((_, k) => `mean of column ${k}`) },
  },
  "64-32-10": {
    traced: trace(network(64, [dense(32, "relu"), dense(10, "softmax")]) as never, [pixels(64)] as never, [7]),
    options: { outputNames: classes },
  },
  "784-128-10": {
    traced: trace(network(784, [dense(128, "relu"), dense(10, "softmax")]) as never, [pixels(784)] as never, [7]),
    options: { outputNames: classes },
  },
};
const cases = Object.entries(traces).flatMap(([name, each]) =>
  (["forward", "backward"] as const).map((view) => ({ name, view, ...each })),
);

describe.skipIf(!isChromiumThere())(
  "explanations in Chromium [skipped where missing: needs apt-get install chromium]",
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchChromium();
    });
    afterAll(() => browser?.close());

    test.each(cases)(
      "$name, $view: no text overlaps another or leaves the drawing",
      async ({ traced, options, view }) => {
        const tab = await browser.newPage();
        await tab.setContent(`<body style="margin:0">${drawNetwork(traced, { ...options, view })}`);
        expect(await collisions(tab)).toEqual([]);
        await tab.close();
      },
    );

    test.each(["light", "dark"] as const)("a drawing can be read in the %s theme", async (colorScheme) => {
      const tab = await browser.newPage({ colorScheme });
      await tab.setContent(drawNetwork(traces["2-3-3-2"].traced, { view: "backward" }));
      const colors = await tab.evaluate(() => {
        const fill = (selector: string): string =>
          getComputedStyle(document.querySelector(selector) ?? document.body).fill;
        const tints = [...document.querySelectorAll(".tint")].map((each) => ({
          color: getComputedStyle(each).fill,
          opacity: Number(each.getAttribute("fill-opacity")),
        }));
        return { paper: fill(".paper"), ink: fill(".main"), soft: fill("text.soft"), card: fill(".card"), tints };
      });
      const [paper, ink, soft, card] = [colors.paper, colors.ink, colors.soft, colors.card].map(numbersOf);
      // The 4.5 of WCAG 2, level AA.
      expect(contrast(paper!, ink!)).toBeGreaterThan(4.5);
      expect(contrast(card!, ink!)).toBeGreaterThan(4.5);
      expect(contrast(paper!, soft!)).toBeGreaterThan(4.5);
      expect(colors.tints.length).toBeGreaterThan(5);
      for (const { color, opacity } of colors.tints) {
        const tint = numbersOf(color);
        const mixed = paper!.map((each, i) => each * (1 - opacity) + (tint[i] ?? 0) * opacity);
        expect(contrast(mixed, ink!)).toBeGreaterThan(4.5);
      }
      expect(luminance(paper!) > 0.5).toBe(colorScheme === "light");
      await tab.close();
    });

    test.each(["1-1-1", "64-32-10"] as const)(
      "the page of %s: no request, no error, nothing that overflows",
      async (name) => {
        const { traced, options } = traces[name];
        const opened = name === "1-1-1" ? null : openNeuron(traced, { layer: 1, neuron: 5 });
        const tab = await browser.newPage({ viewport: { width: 360, height: 800 } });
        const wrong: string[] = [];
        tab.on("request", (request) => wrong.push(request.url()));
        tab.on("pageerror", (error) => wrong.push(String(error)));
        tab.on("console", (message) => wrong.push(message.text()));
        const outputNames = "outputNames" in options ? options.outputNames : [];
        await tab.setContent(pageToHtml(tracePage(traced, { opened, drawing: options, outputNames })));
        const seen = await tab.evaluate(() => ({
          drawings: document.querySelectorAll("figure svg.network, figure svg").length,
          tables: document.querySelectorAll("table").length,
          strange: [...document.querySelectorAll("math *")].filter((each) => !(each instanceof MathMLElement)).length,
          overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
          formulas: document.querySelectorAll("math").length,
        }));
        expect(wrong).toEqual([]);
        expect(seen).toEqual({ drawings: 2, tables: 2, strange: 0, overflow: 0, formulas: expect.any(Number) });
        expect(seen.formulas).toBeGreaterThan(10);
        await tab.close();
      },
    );
  },
);

/** Texts that touch another by more than a pixel, or stand partly outside the drawing. */
async function collisions(tab: Tab): Promise<string[]> {
  return tab.evaluate(() => {
    const frame = document.querySelector("svg")!.getBoundingClientRect();
    const boxes = [...document.querySelectorAll("svg text")].map((each) => ({
      content: each.textContent ?? "",
      box: each.getBoundingClientRect(),
    }));
    const found = boxes
      .filter(({ box }) => box.left < frame.left || box.right > frame.right || box.bottom > frame.bottom)
      .map(({ content }) => `${content} leaves the drawing`);
    for (const [i, one] of boxes.entries()) {
      for (const other of boxes.slice(i + 1)) {
        const width = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const height = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        // Boxes reach above and below the letters.
        if (width > 1 && height > 3) found.push(`${one.content} on ${other.content}`);
      }
    }
    return found;
  });
}

function numbersOf(color: string): number[] {
  return (color.match(/[\d.]+/g) ?? []).map(Number).slice(0, 3);
}
