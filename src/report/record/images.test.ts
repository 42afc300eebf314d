import { inflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { bundledData, prepare } from "../../data/index.ts";
import { grayscalePng } from "../page/grayscale-png.ts";
import { imageOf } from "./images.ts";

describe("an example's image", () => {
  test("is the pixels of the digits again, standardized or not, columns that never vary included", async () => {
    const table = await bundledData.find(({ name }) => name === "digits")!.table();
    for (const standardize of [true, false]) {
      const { preprocessing, training, rows } = prepare(table, { standardize, seed: 1 });
      // Three pixels are always paper, and no input.
      expect(training.inputWidth).toBeLessThan(64);
      let largest = 0;
      for (const [i, row] of rows.training.entries()) {
        const start = i * training.inputWidth;
        const image = imageOf(training.inputs.subarray(start, start + training.inputWidth), { preprocessing });
        expect(image?.width).toBe(8);
        for (const [k, pixel] of image!.pixels.entries()) {
          const column = table.columns[k];
          const ink = column?.kind === "number" ? column.values[row]! : 0;
          largest = Math.max(largest, Math.abs(pixel - ink));
        }
      }
      // 256 shades, and what float32 loses of standardized values.
      expect(largest).toBeLessThan(1 / 255);
    }
  });

  test("is there for square images without preprocessing, and not for measurements", async () => {
    expect(imageOf(new Float64Array(784), { preprocessing: null })).toMatchObject({ width: 28 });
    expect(imageOf(new Float64Array(100), { preprocessing: null })?.pixels).toHaveLength(100);
    expect(imageOf(new Float64Array(99), { preprocessing: null })).toBeNull();
    expect(imageOf(new Float64Array(16), { preprocessing: null })).toBeNull();
    const { preprocessing, training } = prepare(await bundledData.find(({ name }) => name === "wine")!.table());
    expect(imageOf(training.inputs.subarray(0, 13), { preprocessing })).toBeNull();
  });

  test("as PNG has its size in the header, and dark ink on white paper in its rows", () => {
    const png = grayscalePng({ width: 2, pixels: [0, 1, 0.5, 0, 0, 0] });
    const view = new DataView(png.buffer);
    expect([view.getUint32(16), view.getUint32(20)]).toEqual([2, 3]);
    const start = 8 + 25;
    const data = png.subarray(start + 8, start + 8 + view.getUint32(start));
    expect([...inflateSync(data)]).toEqual([0, 255, 0, 0, 128, 255, 0, 255, 255]);
  });
});
