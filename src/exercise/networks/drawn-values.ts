import { spend } from "../../formula/budget.ts";
import { modulo } from "../../formula/numeric/prime-field.ts";

/**
 * A whole number below 2^32 that only the text decides: FNV-1a, then the mixing of MurmurHash3. The numbers of the networks
 * on which answers are judged come from their names in this way, so that the same answer has the same verdict always.
 */
export function hashOf(text: string): number {
  spend(text.length >> 2);
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** An element of the field of integers modulo 2^61 − 1, other than 0. */
export function drawnElement(name: string): bigint {
  return 1n + modulo((BigInt(hashOf(`${name} high`)) << 29n) + BigInt(hashOf(`${name} low`) >>> 3));
}

/** A multiple of 1/64 in [low, high], exact in float32 too for small bounds, so that all engines speak of the same point. */
export function drawnNumber(name: string, low: number, high: number): number {
  const steps = Math.round((high - low) * 64);
  return low + (hashOf(name) % (steps + 1)) / 64;
}
