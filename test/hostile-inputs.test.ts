import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { terminalText } from "../src/cli/framework/styled-text.ts";
import { BackpassError } from "../src/errors.ts";
import { isChromiumThere, launchChromium } from "./chromium.ts";
import { hostileTexts } from "./hostile/attacks.ts";
import { type Door, doors, material } from "./hostile/doors.ts";
import { foreignMarkup } from "./hostile/markup.ts";
import { drawing } from "./random-answers.ts";

/** A few at every run of the tests; `BACKPASS_HOSTILE=100000 npx vitest run test/hostile-inputs.test.ts` for many. */
const INPUTS = Number(process.env["BACKPASS_HOSTILE"] ?? 300);
const SEED = Number(process.env["BACKPASS_HOSTILE_SEED"] ?? 1);
/** Pages that a browser opens: of so many written ones, every so many. */
const OPENED_PAGES = Math.min(500, Math.ceil(INPUTS / 50));
/** Far above what any input takes on a busy machine (the worst took 1.5 s); what hangs or explodes is beyond it. */
const MOST_MS = 20_000;
const MOST_BYTES = 3 * 2 ** 30;

let folder: string;
let all: readonly Door[];
/** A sample of the pages that were written. */
const pages: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "backpass-hostile-"));
  all = doors(await material(folder));
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the command makes of an error by itself: memory that an input asks for and nobody has. */
function isForeseen(error: unknown): boolean {
  if (error instanceof BackpassError) return error.code !== "internal";
  return (
    error instanceof RangeError && /invalid (typed )?array (buffer )?length|allocation failed/i.test(error.message)
  );
}

describe("what strangers hand in", () => {
  test(
    `is read or refused, and no page of it has markup of theirs: ${INPUTS} inputs, seed ${SEED}`,
    { timeout: 0 },
    async () => {
      for (const [number, door] of all.entries()) {
        const count = Math.ceil((door.share * INPUTS) / 1000);
        const draw = drawing(SEED * 1000 + number);
        let read = 0;
        let slowest = 0;
        let spentMs = 0;
        for (let i = 0; i < count; i += 1) {
          const startMs = performance.now();
          try {
            const { markup = [], terminal = "" } = await door.open(draw);
            read += 1;
            for (const page of markup) {
              const foreign = foreignMarkup(page);
              if (foreign !== null) throw new Error(`foreign markup: ${foreign}`);
              if (pages.length < OPENED_PAGES * 4 && draw(3) === 0) pages.push(page);
            }
            // A line of theirs would look like one of ours.
            expect(terminalText(terminal)).not.toMatch(/(?![\t\n])\p{Cc}|[\u202a-\u202e\u2066-\u2069]|^\s*false row/mu);
          } catch (error) {
            if (!isForeseen(error)) {
              throw new Error(`${door.name}, input ${i + 1} of seed ${SEED}: ${String(error)}`, { cause: error });
            }
          }
          const tookMs = performance.now() - startMs;
          [slowest, spentMs] = [Math.max(slowest, tookMs), spentMs + tookMs];
          expect(slowest, `${door.name}, input ${i + 1}`).toBeLessThan(MOST_MS);
        }
        expect(process.memoryUsage().rss).toBeLessThan(MOST_BYTES);
        const counts = `${door.name}: ${count}, of which ${read} were read; on average ${(spentMs / count).toFixed(1)} ms, at most ${Math.round(slowest)} ms`;
        if (process.env["BACKPASS_HOSTILE"] !== undefined) process.stdout.write(`${counts}\n`);
      }
    },
  );

  test.skipIf(!isChromiumThere())(
    "runs nothing and fetches nothing in a browser (skipped: needs Chromium, apt-get install chromium)",
    { timeout: 0 },
    async () => {
      const browser = await launchChromium();
      try {
        const context = await browser.newContext();
        const left: string[] = [];
        let page = "";
        await context.route("**/*", async (route) => {
          if (route.request().url() === "http://page.test/") {
            await route.fulfill({ contentType: "text/html; charset=utf-8", body: page });
            return;
          }
          left.push(route.request().url());
          await route.abort();
        });
        const tab = await context.newPage();
        tab.on("dialog", (dialog) => {
          left.push(`dialog ${dialog.message()}`);
          void dialog.dismiss();
        });
        tab.on("console", (message) => left.push(`console ${message.text()}`));
        tab.on("pageerror", (error) => left.push(`error ${error.message}`));
        context.on("page", () => left.push("a window"));
        const every = Math.max(1, Math.floor(pages.length / OPENED_PAGES));
        for (const each of pages.filter((_, i) => i % every === 0).slice(0, OPENED_PAGES)) {
          page = each;
          await tab.goto("http://page.test/");
          // Whatever waits for the pointer or the keys gets them.
          await tab.mouse.move(300, 300);
          await tab.keyboard.press("Tab");
          expect(left, each.slice(0, 400)).toEqual([]);
          expect(tab.url()).toBe("http://page.test/");
        }
      } finally {
        await browser.close();
      }
    },
  );

  test("the search for markup of others finds it", () => {
    expect(foreignMarkup("<p>a</p>")).toBeNull();
    expect(foreignMarkup('<a href="https://a.b/">a &amp; b</a>')).toBeNull();
    const found = hostileTexts.filter((text) => /<[a-z!]/i.test(text) && foreignMarkup(`<p>${text}</p>`) !== null);
    expect(found).toHaveLength(hostileTexts.filter((text) => /<[a-z!]/i.test(text)).length);
    expect(foreignMarkup('<p id="" onfocus="alert(1)">a</p>')).toContain("onfocus");
    expect(foreignMarkup('<a href="javascript:alert(1)">a</a>')).toContain("javascript");
    expect(foreignMarkup('<img src="https://a.b/c.png">')).toContain("source");
    expect(foreignMarkup("<p>a & b</p>")).not.toBeNull();
  });
});
