import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { DataError } from "../../errors.ts";
import { idxDataset, readIdx } from "./idx.ts";

/** An IDX file of the given type, sizes and bytes of elements. */
function idx(type: number, sizes: readonly number[], elements: readonly number[]): Uint8Array<ArrayBuffer> {
  const bigEndian = sizes.flatMap((size) => [size >>> 24, (size >>> 16) & 255, (size >>> 8) & 255, size & 255]);
  return Uint8Array.from([0, 0, type, sizes.length, ...bigEndian, ...elements]);
}

const images = idx(8, [2, 2, 2], [0, 51, 102, 255, 1, 2, 3, 4]);
const labels = idx(8, [2], [3, 0]);

describe("readIdx", () => {
  test("reads bytes, gzipped or not, from memory or a Blob", async () => {
    for (const source of [images, images.buffer, new Blob([images]), gzipSync(images), new Blob([gzipSync(images)])]) {
      const { sizes, values } = await readIdx(source);
      expect(sizes).toEqual([2, 2, 2]);
      expect(values).toEqual(Uint8Array.of(0, 51, 102, 255, 1, 2, 3, 4));
    }
  });

  test.each<[string, number, number[], ArrayLike<number>]>([
    ["signed bytes", 0x09, [0xff, 2], Int8Array.of(-1, 2)],
    ["16 bits", 0x0b, [0xff, 0xfe, 1, 2], Int16Array.of(-2, 258)],
    ["32 bits", 0x0c, [0, 1, 0, 0, 0xff, 0xff, 0xff, 0xff], Int32Array.of(65536, -1)],
    ["float32", 0x0d, [0x3f, 0xc0, 0, 0, 0xc0, 0, 0, 0], Float32Array.of(1.5, -2)],
    ["float64", 0x0e, [0x3f, 0xf8, 0, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0], Float64Array.of(1.5, -2)],
  ])("reads %s, the high byte first", async (_, type, bytes, expected) => {
    expect((await readIdx(idx(type, [2], bytes))).values).toEqual(expected);
  });

  test.each<[string, Uint8Array, string]>([
    [
      "another format",
      Uint8Array.of(0x89, 0x50, 0x4e, 0x47),
      "train: expected an IDX file, which starts with the bytes 00 00",
    ],
    ["an empty file", new Uint8Array(0), "got an empty file"],
    ["an unknown type of element", idx(0x0a, [1], [1]), "got 00 00 0a 01"],
    ["no axes", idx(8, [], []), "got 00 00 08 00"],
    ["a truncated header", images.slice(0, 9), "expected 16 bytes for a header, got 9"],
    [
      "truncated elements",
      images.slice(0, -1),
      "expected 24 bytes for 2 × 2 × 2 elements, got 23. The file is truncated",
    ],
    ["sizes beyond any file", idx(8, [0xffffffff, 0xffffffff, 0xffffffff], [1]), "got 17. The file is truncated"],
    ["surplus bytes", Uint8Array.from([...images, 0, 0]), "expected 24 bytes for 2 × 2 × 2 elements, got 2 more"],
    ["truncated gzip", gzipSync(images).subarray(0, 30), "expected whole gzip data"],
  ])("refuses %s", async (_, bytes, message) => {
    await expect(readIdx(bytes, "train")).rejects.toThrow(message);
    await expect(readIdx(bytes, "train")).rejects.toThrow(DataError);
  });
});

describe("idxDataset", () => {
  test("makes rows of 0 … 1 from images, and classes from labels", async () => {
    const data = idxDataset(await readIdx(images), await readIdx(labels));
    expect(data).toMatchObject({ examples: 2, inputWidth: 4, outputWidth: 4, hasLabels: true });
    expect([...data.inputs.subarray(0, 4)]).toEqual([0, 51, 102, 255].map((byte) => Math.fround(byte / 255)));
    expect([...data.targets]).toEqual([3, 0]);
    expect(data.classes).toEqual(["0", "1", "2", "3"]);
    expect(idxDataset(await readIdx(images), await readIdx(labels), 10).outputWidth).toBe(10);
  });

  test.each<[string, Uint8Array, Uint8Array, string]>([
    ["fewer labels than images", images, idx(8, [1], [1]), "got 2 images of 4 numbers and 1 labels"],
    ["images and labels that are swapped", labels, images, "Perhaps images and labels are swapped"],
    ["no images", idx(8, [0, 2, 2], []), idx(8, [0], []), "got 0 images"],
    ["images without pixels", idx(8, [2, 0], []), labels, "got 2 images of 0 numbers"],
    ["negative labels", images, idx(9, [2], [0xff, 0]), "label 0: expected a whole number from 0 to 9999, got -1"],
    [
      "labels that are not whole",
      images,
      idx(0x0d, [2], [0, 0, 0, 0, 0x3f, 0, 0, 0]),
      "label 1: expected a whole number",
    ],
  ])("refuses %s", async (_, first, second, message) => {
    const [a, b] = [await readIdx(first), await readIdx(second)];
    expect(() => idxDataset(a, b)).toThrow(message);
    expect(() => idxDataset(a, b)).toThrow(DataError);
  });
});
