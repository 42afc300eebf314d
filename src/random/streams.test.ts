import { expect, test } from "vitest";
import { dataStream, dropoutStream, initialWeightsStream, shuffleStream, splitStream } from "./streams.ts";

test("no two purposes share a stream, and every stream is a word", () => {
  const layers = [1, 2, 3, 1000, 2 ** 24 - 1];
  const streams = [
    ...layers.map(initialWeightsStream),
    ...layers.map(dropoutStream),
    ...layers.map(dataStream),
    shuffleStream,
    splitStream,
  ];
  expect(new Set(streams).size).toBe(streams.length);
  expect(streams.every((stream) => stream === stream >>> 0)).toBe(true);
});
