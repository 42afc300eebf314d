import { describe, expect, test } from "vitest";
import { visibleInPage, visibleLine, visibleText } from "./visible-text.ts";

const hidden = [
  "\u0000",
  "\u0007",
  "\u001b",
  "\r",
  "\u007f",
  "\u009b",
  "\u00ad",
  "\u061c",
  "\u200b",
  "\u200d",
  "\u200e",
  "\u2028",
  "\u2029",
  "\u202e",
  "\u2060",
  "\u2066",
  "\ufeff",
  "\ud800",
  "\udc00",
  "\u3164",
];

describe("visibleText", () => {
  test.each(hidden)("writes out %j", (character) => {
    expect(visibleText(`a${character}b`)).toBe(`a\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}b`);
  });

  test("leaves letters, accents, emoji, signs of mathematics, tabs and line breaks", () => {
    const text = "größe e\u0301 日本 ∂C/∂w δʲ 😀 ᵀ −\tx\ny\u00a0z";
    expect(visibleText(text)).toBe(text);
    expect(visibleInPage(text)).toBe(text);
  });

  test("keeps JSON the same JSON", () => {
    const value = { name: `\u202e${hidden.join(" ")}\u{e0041}\u{1d173}` };
    const shown = visibleText(JSON.stringify(value));
    expect(shown).toMatch(/^[\x20-\x7e]*$/);
    expect(JSON.parse(shown)).toEqual(value);
  });
});

test("visibleLine keeps a text on its line", () => {
  expect(visibleLine("a\r\n\tb\u0085c\u2028d")).toBe("a b\\u0085c\\u2028d");
});
