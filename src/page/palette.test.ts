import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { contrast } from "../../test/contrast.ts";
import { type ColorName, palette, paletteStyle } from "./palette.ts";

/** `#1a7f37` as red, green, blue. */
function channels(color: string): readonly number[] {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
}

test.each(["ink", "soft", "accent", "good", "warn", "bad"] as const)(
  "a text in %s is read easily on paper and on cards, in both themes",
  (name) => {
    for (const theme of [0, 1] as const) {
      for (const under of ["paper", "card"] as const) {
        const ratio = contrast(channels(palette[name][theme]), channels(palette[under][theme]));
        // WCAG 2, success criterion 1.4.3.
        expect([name, theme, under, ratio >= 4.5]).toEqual([name, theme, under, true]);
      }
    }
  },
);

test.each((Object.keys(palette) as ColorName[]).filter((name) => /^series|plus|minus/.test(name)))(
  "a line in %s is seen on paper, in both themes",
  (name) => {
    for (const theme of [0, 1] as const) {
      // WCAG 2, success criterion 1.4.11, for what is no text.
      expect(contrast(channels(palette[name][theme]), channels(palette.paper[theme]))).toBeGreaterThanOrEqual(3);
    }
  },
);

test("the dark theme is for screens alone", () => {
  const style = paletteStyle(":root");
  expect(style).toContain(`:root { --paper: ${palette.paper[0]};`);
  expect(style).toContain(`@media screen and (prefers-color-scheme: dark) { :root { --paper: ${palette.paper[1]};`);
});

test("no other file of src has colors of its own", () => {
  const source = fileURLToPath(new URL("..", import.meta.url));
  const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter(
    (path) => path.endsWith(".ts") && !path.endsWith(".test.ts") && !path.endsWith("palette.ts"),
  );
  const own = files.filter((path) => {
    const text = readFileSync(join(source, path), "utf8");
    return /prefers-color-scheme|(?:fill|stroke|color|background|border)[\w-]*: *(?:#|rgb|hsl)|--[\w-]+: *#/.test(text);
  });
  expect(own).toEqual([]);
});
