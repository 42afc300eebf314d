import { base64OfBytes, bytesOfBase64 } from "../base64.ts";
import type { Json, JsonObject } from "./index.ts";
import type { Dataset } from "../train/index.ts";

/** Rows of which a model keeps a fingerprint: of more rows, those with the lowest ones, which are drawn as if at random. */
const MOST_KEPT = 1024;

/**
 * A number for each example, from its inputs and targets in float32, as the network sees them: the same for equal rows,
 * another one, but for one case in 2^53, for others.
 */
function fingerprints({ inputs, targets, inputWidth, examples }: Dataset): Float64Array {
  const targetWidth = targets.length / examples;
  const row = new Float32Array(inputWidth + targetWidth);
  const words = new Uint32Array(row.buffer);
  const found = new Float64Array(examples);
  for (let i = 0; i < examples; i++) {
    for (let k = 0; k < inputWidth; k++) row[k] = inputs[i * inputWidth + k] ?? 0;
    for (let j = 0; j < targetWidth; j++) row[inputWidth + j] = targets[i * targetWidth + j] ?? 0;
    // Two rounds of FNV-1a over words, with other constants each; a last mixing spreads them over all bits.
    let [one, other] = [0x811c9dc5, 0x9e3779b9];
    for (const word of words) {
      one = Math.imul(one ^ word, 0x01000193);
      one ^= one >>> 15;
      other = Math.imul(other ^ word, 0x85ebca6b);
      other ^= other >>> 13;
    }
    found[i] = (mixed(one) >>> 11) * 2 ** 32 + (mixed(other) >>> 0);
  }
  return found;
}

/** The last step of MurmurHash3: every bit of the result depends on every bit. */
function mixed(value: number): number {
  let x = value;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return x ^ (x >>> 16);
}

/** The rows that a model was trained on, in a form short enough for its file. */
export function trainingRowsJson(data: Dataset): JsonObject {
  const all = Float64Array.from(new Set(fingerprints(data))).sort();
  const kept = all.slice(0, MOST_KEPT);
  return { different: all.length, fingerprints: base64OfBytes(new Uint8Array(kept.buffer)) };
}

/**
 * Says how many rows have the inputs and targets of a row that the model was trained on; null where none has, or the model
 * does not know. Of many training rows it is an estimate from those kept, and said to be one.
 */
export function trainedOnNote(summary: JsonObject | null, data: Dataset): string | null {
  const known = readKept(summary?.["trainingRows"]);
  if (known === null) return null;
  const highest = known.isWhole ? Infinity : (known.kept.at(-1) ?? 0);
  const rows = new Set(known.kept);
  const compared = fingerprints(data).filter((each) => each <= highest);
  const same = compared.filter((each) => rows.has(each)).length;
  if (same === 0) return null;
  const count = (value: number): string => value.toLocaleString("en");
  const what =
    "the inputs and target of a row that the model was trained on, as the network sees them: it may know their answers " +
    "by heart. To measure it on new rows, leave these out.";
  if (known.isWhole) return `${count(same)} of ${count(data.examples)} rows have ${what}`;
  const share = Math.round((100 * same) / compared.length);
  return `About ${share} % of the ${count(data.examples)} rows (${count(same)} of ${count(compared.length)} that were compared) have ${what}`;
}

function readKept(json: Json | undefined): { readonly kept: Float64Array; readonly isWhole: boolean } | null {
  if (typeof json !== "object" || json === null || Array.isArray(json)) return null;
  const { different, fingerprints: text } = json as JsonObject; // as: an object that is no list
  if (typeof different !== "number" || typeof text !== "string") return null;
  try {
    const bytes = bytesOfBase64(text);
    const kept = new Float64Array(bytes.buffer, 0, Math.floor(bytes.length / 8));
    return { kept, isWhole: different <= kept.length };
  } catch {
    // A model's file may come from anywhere; without fingerprints nothing is said.
    return null;
  }
}
