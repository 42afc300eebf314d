import { crc32, inflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { grayscalePng } from "./grayscale-png.ts";

/** The chunks of a PNG by name, each with its check sum compared. */
function chunksOf(png: Uint8Array): ReadonlyMap<string, Uint8Array> {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const chunks = new Map<string, Uint8Array>();
  for (let at = 8; at < png.length;) {
    const length = view.getUint32(at);
    const named = png.subarray(at + 4, at + 8 + length);
    expect(view.getUint32(at + 8 + length)).toBe(crc32(named));
    chunks.set(new TextDecoder().decode(named.subarray(0, 4)), named.subarray(4));
    at += 12 + length;
  }
  return chunks;
}

describe("grayscalePng", () => {
  test.each([
    ["paper alone", 28, Array.from({ length: 784 }, () => 0)],
    ["a run of the longest length and more", 600, Array.from({ length: 600 }, () => 1)],
    // Every length of a run from 1 to 40, every shade.
    ["runs of every length", 41, Array.from({ length: 41 * 40 }, (_, i) => (i % 41 < Math.floor(i / 41) ? 0.3 : 1))],
    ["every shade", 16, Array.from({ length: 256 }, (_, i) => i / 255)],
    [
      "runs of 200 to 300",
      300,
      Array.from({ length: 300 * 101 }, (_, i) => (i % 300 < 200 + Math.floor(i / 300) ? 0 : 1)),
    ],
  ])("writes %s, which zlib reads", (_, width, pixels) => {
    const chunks = chunksOf(grayscalePng({ width, pixels }));
    expect([...chunks.keys()]).toEqual(["IHDR", "IDAT", "IEND"]);
    const rows = inflateSync(chunks.get("IDAT")!);
    const expected = Array.from({ length: pixels.length / width }, (_, row) => [
      0,
      ...pixels.slice(row * width, (row + 1) * width).map((ink) => Math.round(255 * (1 - ink))),
    ]).flat();
    expect([...rows]).toEqual(expected);
  });

  test("keeps an image that is mostly paper small", () => {
    const pixels = Array.from({ length: 784 }, (_, i) => (i > 300 && i < 320 ? i / 784 : 0));
    expect(grayscalePng({ width: 28, pixels }).length).toBeLessThan(200);
  });
});
