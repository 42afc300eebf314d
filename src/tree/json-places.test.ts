import { describe, expect, test } from "vitest";
import { DataError } from "../errors.ts";
import { jsonMistake, jsonPlaces, parseJson, placeOfPath } from "./json-places.ts";

describe("the places of JSON", () => {
  test("are those of its values, by their paths", () => {
    const text = '{ "layers": [{ "weights": [[0.5..1.5, -2]] }], "t": true }';
    const { starts, mistake } = jsonPlaces(text);
    expect(mistake).toBeNull();
    expect(text.slice(starts.get("layers[0].weights[0][1]"))).toMatch(/^-2/);
    expect(text.slice(starts.get("t"))).toMatch(/^true/);
  });

  test.each([
    ['{ "a": 1 "b": 2 }', 9, '"," or "}"'],
    ['{ "a": 1, }', 10, 'a name in "…"'],
    ["{ a: 1 }", 2, 'a name in "…"'],
    ['{ "a" 1 }', 6, '":" after a name'],
    ["[1, 2", 5, '"," or "]"'],
    ['{ "a": }', 7, 'a value: a number, a text in "…", a list or an object'],
    ["[1] 2", 4, "nothing more"],
    ["[".repeat(30), 20, "fewer levels"],
  ])("of %j with a mistake are where it is", (text, position, expected) => {
    expect(jsonPlaces(text).mistake).toEqual({ position, expected });
  });

  test("of a message are those of the path that it begins with, or of what it is in", () => {
    const text = '{ "layers": [{ "units": 2 }] }';
    const places = jsonPlaces(text);
    expect(text.slice(placeOfPath("layers[0].units: expected …", places))).toMatch(/^2/);
    expect(text.slice(placeOfPath("layers[0].activation: expected …", places))).toMatch(/^\{ "units/);
    expect(placeOfPath("network: expected …", places)).toBe(0);
  });
});

describe("JSON of others", () => {
  const parsed = (text: string): unknown => parseJson(text, (message) => new DataError(`a.json: ${message}`));

  test.each([
    ['{"a":1,\n "a":2}', 'got "a" again in line 2, column 2. Remove one of the two.'],
    ['{"a":{"b":1},"c":[{"b":1},{"b":2,"b":3}]}', 'got "b" again in line 1, column 34.'],
    ['{"a":1,"\\u0061":2}', 'got "a" again in line 1, column 8.'],
    ['{"":1,"":2}', 'got "" again in line 1, column 7.'],
    ['{"__proto__":{"a":1}}', 'got "__proto__" in line 1, column 2. Choose another.'],
    ['{"\\u005f_proto__":1}', 'got "__proto__" in line 1, column 2. Choose another.'],
    ['{"a":1,\n}', 'expected a name in "…" in line 2, column 1. Correct it there.'],
    ["[1, 01]", 'expected "," or "]" in line 1, column 6.'],
    ["[1..2]", 'expected "," or "]" in line 1, column 3.'],
    ["\u00a0{}", "expected a value"],
    ["[".repeat(1e6), "fewer levels"],
    ['{"a":'.repeat(1e5), "fewer levels"],
    [`"${"x".repeat(1e6)}`, "expected a value"],
    ['"\\x"', "expected JSON, got another text"],
    ['"a\nb"', "expected a value"],
    ["", "expected a value"],
  ])("is refused with the place: %#", (text, message) => {
    expect(() => parsed(text)).toThrow(DataError);
    expect(() => parsed(text)).toThrow(message);
  });

  test.each([
    "{}",
    " [ ] ",
    '"a"',
    '{"a":"a","b":"a"}',
    '{"a":{"a":{"a":1}}}',
    '[{"a":1},{"a":2}]',
    '{"toString":1,"constructor":null,"hasOwnProperty":true}',
    '[-0, 1e5, 1.5E-3, "\\"\\\\\\u00e9", false]',
  ])("is what JSON.parse makes of it: %s", (text) => {
    expect(jsonMistake(text)).toBeNull();
    expect(parsed(text)).toEqual(JSON.parse(text));
  });

  test("of megabytes is no burden", () => {
    const keys = Array.from({ length: 20_000 }, (_, i) => `"k${i}":${i}`).join();
    const text = `{"text":"${"x\\n".repeat(1_000_000)}",${keys}}`;
    expect(parsed(text)).toHaveProperty("k19999", 19_999);
  });
});
