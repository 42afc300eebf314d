import { describe, expect, test } from "vitest";
import { DataError, type Fault } from "../errors.ts";
import {
  type Place,
  placeOf,
  readBoolean,
  readEntries,
  readFields,
  readKnownFields,
  readList,
  readName,
  readNumber,
  readNumberWithin,
  readOptional,
  readText,
  readWhole,
  wholeOf,
} from "./reader.ts";

const of = { name: "record", fault: (fault: Fault) => new DataError({ ...fault, file: "run.json" }) };
const whole = (value: unknown): Place => wholeOf(value, of);
const at = (value: unknown): Place => ({ path: "layers[2].units", value, of });

describe("a value of another type or range", () => {
  test.each<[(place: Place) => unknown, unknown, string]>([
    [readNumber, "5", 'expected a finite number, got "5"'],
    [readNumber, Number.POSITIVE_INFINITY, "expected a finite number, got Infinity"],
    [(place) => readNumberWithin(place, 0, 1), 1.5, "expected a number from 0 to 1, got 1.5"],
    [(place) => readWhole(place, 1), "<img src=x>", 'expected a whole number of at least 1, got "<img src=x>"'],
    [(place) => readWhole(place, 1), 0, "expected a whole number of at least 1, got 0"],
    [(place) => readWhole(place, 1), 1.5, "expected a whole number of at least 1, got 1.5"],
    [(place) => readWhole(place, 1, 9), 1e300, "expected a whole number from 1 to 9, got 1e+300"],
    [readText, { toString: 1 }, "expected a text, got an object"],
    [readText, null, "expected a text, got null"],
    [readBoolean, "true", 'expected true or false, got "true"'],
    [readList, { length: 1 }, "expected a list, got an object"],
    [(place) => readList(place, 2), [1, 2, 3], "expected a list of at most 2, got a list of 3"],
    [
      (place) => readName(place, ["relu", "tanh"]),
      "rleu",
      'expected one of relu, tanh, got "rleu". Did you mean "relu"?',
    ],
    [(place) => readName(place, ["relu"]), ["relu"], "expected one of relu, got a list of 1. Choose one."],
    [(place) => readFields(place, ["a"]), [], "expected an object, got an empty list. Its keys: a."],
    [readEntries, "x", 'expected an object, got "x"'],
    [(place) => readOptional(place, readText), 0, "expected a text, got 0"],
  ])("is named with its place: %#", (read, value, message) => {
    expect(() => read(at(value))).toThrow(`run.json: layers[2].units: ${message}`);
  });
});

describe("the fields of an object", () => {
  test("have their places", () => {
    const fields = readFields(whole({ a: [{ b: 1 }] }), ["a"]);
    const [first] = readList(placeOf(fields, "a", "", whole({})));
    expect(first === undefined ? null : readFields(first, ["b"]).b?.path).toBe("a[0].b");
  });

  test("are those that are given: what every object has is none", () => {
    const fields = readKnownFields(whole({ other: 1 }), ["toString", "constructor", "hasOwnProperty"]);
    expect(Object.keys(fields)).toEqual([]);
    expect(fields.toString).toBeUndefined();
    expect(() => placeOf(fields, "toString", '"toString": 1', whole({}))).toThrow(
      'record: expected "toString", got none.',
    );
  });

  test("may have the names of what every object has", () => {
    const value: unknown = JSON.parse('{"toString":1,"constructor":2}');
    expect([...readEntries(whole(value))].map(([key, place]) => [key, place.value])).toEqual([
      ["toString", 1],
      ["constructor", 2],
    ]);
    expect(() => readFields(whole(value), ["a"])).toThrow('expected only a, got "toString"');
  });

  test("are never named __proto__", () => {
    expect(() => readEntries(whole(JSON.parse('{"__proto__":{"a":1}}')))).toThrow('got "__proto__"');
  });

  test("of an unknown name are refused with the nearest", () => {
    expect(() => readFields(whole({ unit: 1 }), ["units"])).toThrow(
      'record: expected only units, got "unit". Did you mean "units"?',
    );
  });
});
