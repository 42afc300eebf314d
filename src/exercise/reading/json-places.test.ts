import { describe, expect, test } from "vitest";
import { jsonPlaces, placeOfPath } from "./json-places.ts";

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
