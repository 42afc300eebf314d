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

  test("are found by a path, or by that of what it would be in", () => {
    const text = '{ "layers": [{ "units": 2 }] }';
    const places = jsonPlaces(text);
    expect(text.slice(placeOfPath("layers[0].units", places))).toMatch(/^2/);
    expect(text.slice(placeOfPath("layers[0].activation", places))).toMatch(/^\{ "units/);
    expect(placeOfPath("network", places)).toBe(0);
    expect(placeOfPath('given "net": x].[', places)).toBe(0);
  });
});

describe("JSON of others", () => {
  const parsed = (text: string): unknown => parseJson(text, (fault) => new DataError({ ...fault, file: "a.json" }));

  test.each([
    [
      '{"a":1,\n "a":2}',
      'a.json: line 2, column 2: expected each key once in an object, got "a" again. Remove one of the two.',
    ],
    [
      '{"a":{"b":1},"c":[{"b":1},{"b":2,"b":3}]}',
      'line 1, column 34: expected each key once in an object, got "b" again.',
    ],
    ['{"a":1,"\\u0061":2}', 'line 1, column 8: expected each key once in an object, got "a" again.'],
    ['{"":1,"":2}', 'line 1, column 7: expected each key once in an object, got "" again.'],
    [
      '{"__proto__":{"a":1}}',
      'line 1, column 2: expected keys that are no names of JavaScript\'s own, got "__proto__". Choose another.',
    ],
    [
      '{"\\u005f_proto__":1}',
      'line 1, column 2: expected keys that are no names of JavaScript\'s own, got "__proto__". Choose another.',
    ],
    ['{"a":1,\n}', 'a.json: line 2, column 1: expected a name in "…", got "}". Correct the JSON there.'],
    ["[1, 01]", 'line 1, column 6: expected "," or "]", got "1".'],
    ["[1..2]", 'line 1, column 3: expected "," or "]", got "..2".'],
    ["\u00a0{}", "expected a value"],
    ["[".repeat(1e6), "fewer levels"],
    ['{"a":'.repeat(1e5), "fewer levels"],
    [`"${"x".repeat(1e6)}`, "expected a value"],
    ['"\\x"', "expected JSON, got another text"],
    ['"a\nb"', "expected a value"],
    ["", 'line 1, column 1: expected a value: a number, a text in "…", a list or an object, got the end.'],
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
