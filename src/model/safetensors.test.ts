import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ModelError } from "../errors.ts";
import { decodeSafetensors, encodeSafetensors, type Tensor } from "./safetensors.ts";

const encoder = new TextEncoder();

/** A file with this header, of this length if given, and so many bytes of data. */
function file(header: string | Uint8Array, dataBytes = 0, headerBytes?: number): Uint8Array {
  const text = typeof header === "string" ? encoder.encode(header) : header;
  const bytes = new Uint8Array(8 + text.length + dataBytes);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerBytes ?? text.length), true);
  bytes.set(text, 8);
  return bytes;
}

/** A header with tensors `t0`, `t1`, … of F32 at these ranges, each of one axis. */
function withRanges(...ranges: [number, number][]): string {
  const entry = ([begin, end]: [number, number]): string =>
    `{"dtype":"F32","shape":[${(end - begin) / 4}],"data_offsets":[${begin},${end}]}`;
  return `{${ranges.map((range, i) => `"t${i}":${entry(range)}`).join(",")}}`;
}

function one(parts: { dtype?: string; shape?: string; range?: string; more?: string }): string {
  const { dtype = '"F32"', shape = "[2]", range = "[0,8]", more = "" } = parts;
  return `{"t":{"dtype":${dtype},"shape":${shape},"data_offsets":${range}${more}}}`;
}

const tensors = new Map<string, Tensor>([
  ["w", { shape: [2, 3], values: Float32Array.of(1, -0, 0.1, 1e-45, -3.5, 3e38) }],
  ["b", { shape: [2], values: Float64Array.of(0.1, 5e-324) }],
  ["nothing", { shape: [0, 4], values: new Float32Array(0) }],
  ["single", { shape: [], values: Float32Array.of(7) }],
]);

describe("a safetensors file", () => {
  test("gives back every tensor and text, to the bit", () => {
    const metadata = new Map([
      ['é "\\\n\u0000 𝒘', "α\t\ud800"],
      ["", ""],
    ]);
    const found = decodeSafetensors(encodeSafetensors(tensors, metadata));
    expect(found.metadata).toEqual(metadata);
    expect(found.tensors).toEqual(tensors);
    expect(Object.is(found.tensors.get("w")?.values[1], -0)).toBe(true);
  });

  test("may hold nothing at all", () => {
    expect(decodeSafetensors(encodeSafetensors(new Map()))).toEqual({ tensors: new Map(), metadata: new Map() });
  });

  test("has its data and every float64 at a multiple of 8 bytes, whatever the length of the header", () => {
    for (let length = 0; length < 9; length++) {
      const bytes = encodeSafetensors(tensors, new Map([["k", "x".repeat(length)]]));
      const headerBytes = Number(new DataView(bytes.buffer).getBigUint64(0, true));
      expect(headerBytes % 8).toBe(0);
      const header: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + headerBytes)));
      expect(header).toMatchObject({ b: { data_offsets: [0, 16] }, w: { data_offsets: [16, 40] } });
    }
  });

  test("is read wherever it lies in a larger array", () => {
    const bytes = encodeSafetensors(tensors);
    const larger = new Uint8Array(bytes.length + 20).fill(255);
    larger.set(bytes, 3);
    expect(decodeSafetensors(larger.subarray(3, 3 + bytes.length)).tensors).toEqual(tensors);
  });

  test("may list its tensors in any order, with white space and escapes", () => {
    const header = ` { "\\u0062" : {"shape":[ 1 ],"data_offsets":[4 , 8],"dtype":"F32"},\n${withRanges([0, 4]).slice(1)} `;
    expect([...decodeSafetensors(file(header, 8)).tensors.keys()]).toEqual(["b", "t0"]);
  });

  test("round trips for any names, texts and numbers", () => {
    const numbers = fc.oneof(fc.float32Array({ maxLength: 9 }), fc.float64Array({ maxLength: 9 }));
    const name = fc.string({ unit: "binary" }).filter((text) => text !== "__proto__" && text !== "__metadata__");
    fc.assert(
      fc.property(
        fc.array(fc.tuple(name, numbers)),
        fc.array(fc.tuple(name, fc.string({ unit: "binary" }))),
        (some, texts) => {
          const given = new Map(some.map(([each, values]) => [each, { shape: [values.length], values }]));
          const found = decodeSafetensors(encodeSafetensors(given, new Map(texts)));
          expect(found.metadata).toEqual(new Map(texts));
          expect(found.tensors).toEqual(given);
        },
      ),
    );
  });
});

const huge = "9007199254740991";

/** What is wrong, the bytes, and what the message must say. */
const damagedFiles: readonly (readonly [what: string, bytes: Uint8Array, message: RegExp])[] = [
  ["empty", new Uint8Array(0), /^file: expected 8 bytes or more, got 0\./],
  ["shorter than its header's length", new Uint8Array(7), /^file: expected 8 bytes or more, got 7\./],
  ["a header beyond the file", file("{}", 0, 3), /^header: expected a length of at most 2 bytes, got 3\./],
  ["a header of 2^60 bytes", file("{}", 0, 2 ** 60), /^header: .* at most 2 bytes, got 1152921504606847000\./],
  [
    "a header beyond 100 MB",
    file("{}", 100_000_001, 100_000_002),
    /^header: .* at most 100000000 bytes, got 100000002\./,
  ],
  ["no header", file(""), /^header: line 1, column 1: expected a value: .*, got the end\. The file is damaged/],
  ["a header that is no UTF-8", file(Uint8Array.of(0x7b, 0xff, 0x7d)), /^header: expected a text in UTF-8/],
  ["a byte order mark", file("\ufeff{}"), /^header: line 1, column 1: expected a value: /],
  ["a header that is a list", file("[]"), /^header: expected an object, got an empty list\./],
  ["text after the header", file("{} {}"), /^header: line 1, column 4: expected nothing more, got "\{"/],
  ["an open brace", file('{"t"'), /^header: line 1, column 5: expected ":" after a name, got the end/],
  ["a trailing comma", file('{"__metadata__":{},}'), /^header: line 1, column 20: expected a name in "…", got "\}"/],
  ["an open string", file('{"t'), /^header: line 1, column 2: expected a name in "…"/],
  ["a string that ends in a backslash", file('{"t\\"'), /^header: line 1, column 2: expected a name in "…"/],
  ["an unknown escape", file('{"\\x":1}'), /^header: line 1, column 6: expected a name in "…"/],
  ["a line break in a string", file('{"a\nb":1}'), /^header: line 1, column 2: expected a name in "…"/],
  [
    "a tensor twice",
    file(`{${one({}).slice(1, -1)},${one({}).slice(1)}`, 8),
    /^header: line 1, column 55: expected each key once in an object, got "t" again\./,
  ],
  [
    "a tensor twice, once with escapes",
    file(`{"\\u0074":${one({}).slice(5, -1)},${one({}).slice(1)}`, 8),
    /got "t" again/,
  ],
  ["a field twice", file(one({ more: ',"dtype":"F64"' }), 8), /^header: line 1, column 54: .* got "dtype" again\./],
  ["metadata twice", file('{"__metadata__":{},"__metadata__":{}}'), /got "__metadata__" again/],
  ["a text twice", file('{"__metadata__":{"a":"1","a":"2"}}'), /^header: line 1, column 26: .* got "a" again/],
  [
    "metadata that is no text",
    file('{"__metadata__":{"a":1}}'),
    /^__metadata__\.a: expected a text, got 1\. The file is damaged/,
  ],
  ["metadata that is a list", file('{"__metadata__":[]}'), /^__metadata__: expected an object, got an empty list/],
  [
    "a tensor called __proto__",
    file(one({}).replace('"t"', '"__proto__"'), 8),
    /^header: line 1, column 2: .* got "__proto__"/,
  ],
  [
    "a text called __proto__",
    file('{"__metadata__":{"__proto__":""}}'),
    /^header: line 1, column 18: .* got "__proto__"/,
  ],
  [
    "a field called __proto__",
    file(one({ more: ',"__proto__":{}' }), 8),
    /^header: line 1, column 54: .* got "__proto__"/,
  ],
  [
    "an unknown field",
    file(one({ more: ',"strides":[1]' }), 8),
    /^tensor "t": expected only dtype, shape, .* got "strides"/,
  ],
  [
    "a missing field",
    file('{"t":{"dtype":"F32","shape":[2]}}', 8),
    /^tensor "t": expected dtype, shape and data_offsets/,
  ],
  ["a tensor that is null", file('{"t":null}'), /^tensor "t": expected an object, got null/],
  [
    "an unknown dtype",
    file(one({ dtype: '"BF16"' }), 4),
    /^tensor "t": expected dtype F32 or F64, got "BF16"\. Convert/,
  ],
  ["a dtype that is a number", file(one({ dtype: "1" }), 8), /^tensor "t"\.dtype: expected a text, got 1/],
  ["a wrong shape", file(one({ shape: "[3]" }), 8), /^tensor "t": expected 12 bytes for F32 of shape \[3\], got 8\./],
  ["a wrong size", file(one({ dtype: '"F64"' }), 8), /^tensor "t": expected 16 bytes for F64 of shape \[2\], got 8\./],
  ["a negative size", file(one({ shape: "[-2]" }), 8), /^header: line 1, column 30: expected a value: .*, got "-2"/],
  [
    "a fractional size",
    file(one({ shape: "[2.0]" }), 8),
    /^header: line 1, column 31: expected "," or "\]", got "\.0"/,
  ],
  ["a size with an exponent", file(one({ shape: "[2e0]" }), 8), /^header: line 1, column 31: .*, got "e0"/],
  [
    "a size beyond 2^53",
    file(one({ shape: "[9007199254740992]" }), 8),
    /^tensor "t"\.shape\[0\]: expected a whole number/,
  ],
  [
    "a shape beyond counting",
    file(one({ shape: `[${huge},${huge}]` }), 8),
    /^tensor "t": expected whole sizes with a product below 2\^50/,
  ],
  [
    "infinitely many numbers",
    file(one({ shape: `[${Array(99).fill(huge).join()},0]` }), 8),
    /product below 2\^50, got \[/,
  ],
  [
    "a nested shape",
    file(one({ shape: "[[2]]" }), 8),
    /^tensor "t"\.shape\[0\]: expected a whole number of at least 0, got a list/,
  ],
  ["deep nesting", file(`{"t":{"shape":${"[".repeat(1_000_000)}`), /^header: line 1, column 33: expected fewer levels/],
  ["deep nesting of objects", file('{"t":'.repeat(200_000)), /^header: line 1, column 101: expected fewer levels/],
  ["three offsets", file(one({ range: "[0,4,8]" }), 8), /^tensor "t": expected two data_offsets, got a list of 3\./],
  [
    "a negative offset",
    file(one({ range: "[-8,0]" }), 8),
    /^header: line 1, column 49: expected a value: .*, got "-8"/,
  ],
  ["offsets the wrong way round", file(one({ range: "[8,0]" }), 8), /^tensor "t": expected 8 bytes .*, got -8\./],
  [
    "data beyond the file",
    file(one({}), 7),
    /^tensor "t": expected data within the 7 bytes after the header, got up to byte 8/,
  ],
  [
    "offsets near 2^53",
    file(one({ range: "[9007199254740983,9007199254740991]" }), 8),
    /^tensor "t": expected data from byte 0/,
  ],
  ["a gap", file(withRanges([0, 4], [8, 12]), 12), /^tensor "t1": expected data from byte 4 on.*, got from byte 8/],
  ["a gap at the start", file(withRanges([4, 8]), 8), /^tensor "t0": expected data from byte 0 on/],
  [
    "an overlap",
    file(withRanges([0, 8], [4, 12]), 12),
    /^tensor "t1": expected data from byte 8 on.*, got from byte 4/,
  ],
  ["two tensors on the same bytes", file(withRanges([0, 8], [0, 8]), 8), /^tensor "t1": expected data from byte 8 on/],
  ["trailing bytes", file(one({}), 9), /^file: expected 8 bytes after the header, as its tensors have, got 9\./],
  ["data without tensors", file("{}", 1), /^file: expected 0 bytes after the header, as its tensors have, got 1\./],
];

describe("the reader of safetensors refuses", () => {
  test.each(damagedFiles)("%s", (_, bytes, message) => {
    const read = (): unknown => decodeSafetensors(bytes);
    expect(read).toThrow(ModelError);
    expect(read).toThrow(message);
  });
});

describe("the writer of safetensors refuses", () => {
  const values = new Float32Array(4);
  test.each<[string, Map<string, Tensor>, Map<string, string>, RegExp]>([
    [
      "a shape that does not fit",
      new Map([["t", { shape: [3], values }]]),
      new Map(),
      /^tensor "t": expected 3 numbers for shape \[3\], got 4/,
    ],
    ["negative sizes", new Map([["t", { shape: [-2, -2], values }]]), new Map(), /^tensor "t": expected whole sizes/],
    ["fractional sizes", new Map([["t", { shape: [0.5, 8], values }]]), new Map(), /^tensor "t": expected whole sizes/],
    ["the reserved name", new Map([["__metadata__", { shape: [4], values }]]), new Map(), /reserved/],
    ["a tensor called __proto__", new Map([["__proto__", { shape: [4], values }]]), new Map(), /"__proto__"/],
    ["a text called __proto__", new Map(), new Map([["__proto__", ""]]), /"__proto__"/],
  ])("%s", (_, given, metadata, message) => {
    expect(() => encodeSafetensors(given, metadata)).toThrow(ModelError);
    expect(() => encodeSafetensors(given, metadata)).toThrow(message);
  });
});
