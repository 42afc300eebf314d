import { bytesOfBase64 } from "../../base64.ts";
import { internalError } from "../../errors.ts";
import { type Dataset, dataset } from "../../train/examples/dataset.ts";
import { digitsBytes } from "./digits-bytes.generated.ts";

const PIXELS = 64;
/** The data counts ink in blocks of 4 × 4, of which more than 16 cannot be set. */
const FULL_INK = 16;

/**
 * Handwritten digits: 1,797 examples of 8 × 8 pixels, row by row from the top left, 0 (paper) … 1 (ink); the target is
 * the digit. They come with the package; reading takes a few milliseconds.
 *
 * Source: E. Alpaydin and C. Kaynak (1998), UCI Machine Learning Repository, CC BY 4.0: see data/digits.md.
 */
export async function digits(): Promise<Dataset<64, 10>> {
  const text = await decompressed(digitsBytes);
  const inputs: number[][] = [];
  const labels: number[] = [];
  for (const line of text.trimEnd().split("\n")) {
    const numbers = line.split(",").map(Number);
    const label = numbers[PIXELS];
    if (label === undefined) throw internalError(`digits: expected ${PIXELS + 1} numbers a line, got "${line}".`);
    inputs.push(numbers.slice(0, PIXELS).map((ink) => ink / FULL_INK));
    labels.push(label);
  }
  return dataset({ inputs, targets: labels, classes: Array.from({ length: 10 }, (_, digit) => String(digit)) });
}

/** The text behind base64 of its gzipped bytes, with what Node and browsers share. */
async function decompressed(base64: string): Promise<string> {
  const stream = new Blob([bytesOfBase64(base64)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}
