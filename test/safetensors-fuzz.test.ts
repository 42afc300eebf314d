import { describe, expect, test } from "vitest";
import { fitPreprocessing } from "../src/data/preprocessing/fit.ts";
import { tableOfRows } from "../src/data/reading/table-of-rows.ts";
import { BackpassError } from "../src/errors.ts";
import { loadModel, saveModel } from "../src/model/model-file.ts";
import { decodeSafetensors, encodeSafetensors } from "../src/model/safetensors.ts";
import { dense, network } from "../src/network/index.ts";
import { sha256 } from "../src/sha256.ts";

const FILES = 100_000;
const MODELS = 2_000;
const SEED = 20_251_122;

/** Whole numbers from 0 up to but not including `below` (Marsaglia's xorshift, enough to shake files). */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** Parts that a reader of JSON or of sizes may stumble over. */
const parts: readonly Uint8Array[] = (
  '" \\\\ { } [ ] , : - 0 9 1e9 null true \\u0000 \\ud800 "__proto__" "__metadata__" "dtype" "shape" "F32" 9007199254740993 ' +
  '[[[[[[[[ {"a":{"a": \u0000 \ufeff \ud83d\ude00'
)
  .split(" ")
  .map((text) => new TextEncoder().encode(text));

/** A file with one to four changes: bits turned, bytes and parts put in, cut out, doubled, moved. */
function mutated(file: Uint8Array, random: (below: number) => number): Uint8Array {
  let bytes: Uint8Array = file.slice();
  for (let changes = 1 + random(4); changes > 0; changes--) {
    // Most places in the header's first bytes or the header: that is where there is something to get wrong.
    const at = random(2) === 0 ? random(Math.min(16, bytes.length + 1)) : random(bytes.length + 1);
    const to = Math.min(bytes.length, at + random(12));
    switch (random(6)) {
      case 0:
        if (at < bytes.length) bytes[at] = bytes[at]! ^ (1 << random(8));
        break;
      case 1:
        if (at < bytes.length) bytes[at] = random(256);
        break;
      case 2:
        bytes = joined(bytes.subarray(0, at), parts[random(parts.length)]!, bytes.subarray(at));
        break;
      case 3:
        bytes = joined(bytes.subarray(0, at), bytes.subarray(to));
        break;
      case 4:
        bytes = joined(bytes.subarray(0, to), bytes.subarray(at));
        break;
      case 5:
        bytes = bytes.slice(0, to);
        break;
    }
  }
  return bytes;
}

function joined(...pieces: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** Reads a file that may be damaged in any way. @returns true when it was read. */
function isRead(read: () => void): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (error instanceof BackpassError && error.code !== "internal" && error.message.length < 500) return false;
    throw error;
  }
}

const tensorFile = encodeSafetensors(
  new Map([
    ["w", { shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) }],
    ["b", { shape: [2], values: Float64Array.of(5, 6) }],
  ]),
  new Map([["a", "b\n"]]),
);

const net = network(2, [dense(2, "relu"), dense(2, "softmax")], { cost: "crossEntropy" });
const modelFile = saveModel({
  network: net,
  task: "classification",
  preprocessing: fitPreprocessing(
    tableOfRows([
      [1, 2, "a"],
      [3, 5, "b"],
    ]),
  ),
  classes: ["a", "b"],
  summary: null,
});

/** The model's file with a text of its metadata damaged and a digest that fits, as only malice would write it. */
function forged(random: (below: number) => number): Uint8Array {
  const { tensors, metadata } = decodeSafetensors(modelFile);
  const texts = new Map(metadata).set("sha256", "0".repeat(64));
  const key = forgedKeys[random(forgedKeys.length)]!;
  texts.set(key, new TextDecoder().decode(mutated(new TextEncoder().encode(metadata.get(key)), random)));
  const bytes = encodeSafetensors(tensors, texts);
  bytes.set(new TextEncoder().encode(sha256(bytes)), '12345678{"__metadata__":{"sha256":"'.length);
  return bytes;
}
const forgedKeys = [
  "network",
  "network",
  "network",
  "preprocessing",
  "preprocessing",
  "preprocessing",
  "classes",
  "task",
];

describe(`with seed ${SEED}, every one is read or refused with an error of this package:`, () => {
  test(`of ${FILES} damaged files of tensors`, () => {
    const random = randomNumbers(SEED);
    let read = 0;
    for (let i = 0; i < FILES; i++) {
      const bytes = mutated(tensorFile, random);
      if (isRead(() => decodeSafetensors(bytes))) read++;
    }
    // Some changes do no harm (of a number, a name, white space); most do. Both must occur, or nothing was tried.
    expect(read).toBeGreaterThan(FILES / 100);
    expect(read).toBeLessThan(FILES / 2);
  }, 60_000);

  test(`of ${MODELS} models with damaged parts and a digest that fits`, () => {
    const random = randomNumbers(SEED + 1);
    let read = 0;
    for (let i = 0; i < MODELS; i++) {
      const bytes = forged(random);
      if (isRead(() => loadModel(bytes))) read++;
    }
    expect(read).toBeGreaterThan(MODELS / 100);
    expect(read).toBeLessThan(MODELS / 2);
  }, 60_000);
});
