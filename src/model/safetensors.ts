import { ModelError, placeText } from "../errors.ts";
import { parseJson } from "../tree/json-places.ts";
import { type Place, readEntries, readFields, readList, readText, readWhole, shown, wholeOf } from "../tree/reader.ts";
import { damaged, damagedBy, quoted } from "./damaged.ts";

/*
 * The layout of a safetensors file (https://huggingface.co/docs/safetensors):
 *   8 bytes    N, the length of the header, lowest byte first
 *   N bytes    header, JSON in UTF-8, padded with spaces: for each tensor its name and
 *              { "dtype": "F32", "shape": [32, 64], "data_offsets": [begin, end] }, and texts under "__metadata__"
 *   the rest   numbers, row-major, lowest byte first; data_offsets count from the first byte here
 */

/** A tensor of a file: float32 is stored as F32, float64 as F64. */
export interface Tensor {
  /** Sizes along the axes; empty for a single number. */
  readonly shape: readonly number[];
  /** Row-major, as many as the product of the sizes. */
  readonly values: Float32Array | Float64Array;
}

/** What a safetensors file holds, in the order of its header. */
export interface TensorFile {
  readonly tensors: ReadonlyMap<string, Tensor>;
  readonly metadata: ReadonlyMap<string, string>;
}

const METADATA = "__metadata__";
/** As in the reader of the format's authors: no header needs more, and a hostile one costs no more. */
const MAX_HEADER_BYTES = 100_000_000;

/**
 * A safetensors file as bytes. Float64 tensors come first and the header ends at a multiple of 8 bytes, so that a reader
 * may use every tensor where it lies.
 *
 * @throws ModelError when a shape does not fit its numbers, or a name is reserved.
 */
export function encodeSafetensors(
  tensors: ReadonlyMap<string, Tensor>,
  metadata: ReadonlyMap<string, string> = new Map(),
): Uint8Array<ArrayBuffer> {
  const bySize = [...tensors].sort(([, a], [, b]) => b.values.BYTES_PER_ELEMENT - a.values.BYTES_PER_ELEMENT);
  const fields: [name: string, json: string][] = [];
  if (metadata.size > 0)
    fields.push([METADATA, objectText([...metadata].map(([key, text]) => [key, JSON.stringify(text)]))]);
  let dataBytes = 0;
  for (const [name, { shape, values }] of bySize) {
    const where = `tensor ${quoted(name)}`;
    if (name === METADATA)
      throw new ModelError({ where, expected: "a name of your own", got: "a reserved one", advice: "Choose another." });
    if (elementsOf(where, shape) !== values.length) {
      throw new ModelError({
        where,
        expected: `${elementsOf(where, shape)} numbers for shape [${shape.join(", ")}]`,
        got: `${values.length}`,
        advice: "Give the shape that its numbers have.",
      });
    }
    const range = [dataBytes, dataBytes + values.byteLength];
    const dtype = values instanceof Float32Array ? "F32" : "F64";
    fields.push([name, JSON.stringify({ dtype, shape, data_offsets: range })]);
    dataBytes += values.byteLength;
  }
  const header = new TextEncoder().encode(objectText(fields));
  const headerBytes = Math.ceil(header.length / 8) * 8;
  const bytes = new Uint8Array(8 + headerBytes + dataBytes);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, headerBytes, true); // the upper four bytes stay 0: no header reaches 4 GiB
  bytes.fill(0x20, 8, 8 + headerBytes).set(header, 8);
  let at = 8 + headerBytes;
  for (const [, { values }] of bySize) {
    const isSingle = values instanceof Float32Array;
    for (const value of values) {
      if (isSingle) view.setFloat32(at, value, true);
      else view.setFloat64(at, value, true);
      at += values.BYTES_PER_ELEMENT;
    }
  }
  return bytes;
}

/** An object in JSON whose values are JSON already; unlike an object of JavaScript it takes any key, in any order. */
function objectText(fields: readonly (readonly [key: string, json: string])[]): string {
  for (const [key] of fields) {
    if (key === "__proto__")
      throw new ModelError({
        where: "name",
        expected: "one that is safe as a key",
        got: '"__proto__"',
        advice: "Choose another.",
      });
  }
  return `{${fields.map(([key, json]) => `${JSON.stringify(key)}:${json}`).join(",")}}`;
}

/** A tensor as the header describes it. */
interface Entry {
  readonly where: string;
  readonly dtype: "F32" | "F64";
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/**
 * Reads a safetensors file whose tensors are F32 or F64. Their numbers are copied; memory beyond that is bounded by the
 * size of the file, whatever its header claims.
 *
 * @throws ModelError when anything is not as the format says: a header beyond 100 MB or the file, names given twice, a
 *   shape that does not fit its bytes, ranges that overlap, leave gaps or do not end with the file.
 */
export function decodeSafetensors(bytes: Uint8Array): TensorFile {
  if (bytes.length < 8) throw damaged("file", "8 bytes or more", `${bytes.length}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerBytes = view.getUint32(0, true) + view.getUint32(4, true) * 2 ** 32;
  const most = Math.min(MAX_HEADER_BYTES, bytes.length - 8);
  if (headerBytes > most) throw damaged("header", `a length of at most ${most} bytes`, `${headerBytes}`);
  const { entries, metadata } = readHeader(headerText(bytes.subarray(8, 8 + headerBytes)));
  const data = new DataView(bytes.buffer, bytes.byteOffset + 8 + headerBytes, bytes.length - 8 - headerBytes);
  checkTiling(entries, data.byteLength);
  const tensors = new Map<string, Tensor>();
  for (const [name, entry] of entries) tensors.set(name, { shape: entry.shape, values: valuesOf(entry, data) });
  return { tensors, metadata };
}

function headerText(header: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(header);
  } catch {
    throw damaged("header", "a text in UTF-8", "other bytes");
  }
}

function readHeader(text: string): { entries: Map<string, Entry>; metadata: Map<string, string> } {
  // Lines are those of the header, and say nothing about the file.
  const json = parseJson(
    text,
    ({ place, ...found }) => damagedBy({ ...found, where: ["header", placeText(place ?? { line: 1 })] }),
    {
      onlyWhole: true,
    },
  );
  const all = readEntries(wholeOf(json, { name: "header", fault: damagedBy }));
  const entries = new Map<string, Entry>();
  const metadata = new Map<string, string>();
  for (const [name, { value }] of all) {
    const where = name === METADATA ? METADATA : `tensor ${quoted(name)}`;
    const place = wholeOf(value, { name: where, path: where, fault: damagedBy });
    if (name !== METADATA) entries.set(name, readEntry(place, where));
    else for (const [key, each] of readEntries(place)) metadata.set(key, readText(each));
  }
  return { entries, metadata };
}

function readEntry(place: Place, where: string): Entry {
  const fields = readFields(place, ["dtype", "shape", "data_offsets"]);
  if (fields.dtype === undefined || fields.shape === undefined || fields.data_offsets === undefined) {
    throw damaged(where, "dtype, shape and data_offsets", "an entry that lacks one of them");
  }
  const dtype = readText(fields.dtype);
  if (dtype !== "F32" && dtype !== "F64") {
    throw new ModelError({
      where,
      expected: "dtype F32 or F64",
      got: quoted(dtype),
      advice: "Convert it to one of them.",
    });
  }
  const shape = readWholes(fields.shape);
  const [begin, end, ...others] = readWholes(fields.data_offsets);
  if (begin === undefined || end === undefined || others.length > 0) {
    throw damaged(where, "two data_offsets", shown(fields.data_offsets.value));
  }
  const sizeBytes = elementsOf(where, shape) * (dtype === "F32" ? 4 : 8);
  if (end - begin !== sizeBytes) {
    throw damaged(where, `${sizeBytes} bytes for ${dtype} of shape ${shownShape(shape)}`, `${end - begin}`);
  }
  return { where, dtype, shape, begin, end };
}

function readWholes(place: Place): readonly number[] {
  return readList(place).map((each) => readWhole(each, 0));
}

/** @throws ModelError unless the ranges of all tensors, in some order, fill the data without gap or overlap. */
function checkTiling(entries: ReadonlyMap<string, Entry>, dataBytes: number): void {
  let at = 0;
  for (const { where, begin, end } of [...entries.values()].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== at)
      throw damaged(where, `data from byte ${at} on, where the one before ends`, `from byte ${begin} on`);
    if (end > dataBytes)
      throw damaged(where, `data within the ${dataBytes} bytes after the header`, `up to byte ${end}`);
    at = end;
  }
  if (at !== dataBytes) throw damaged("file", `${at} bytes after the header, as its tensors have`, `${dataBytes}`);
}

function valuesOf({ dtype, begin, end }: Entry, data: DataView): Float32Array | Float64Array {
  const values = dtype === "F32" ? new Float32Array((end - begin) / 4) : new Float64Array((end - begin) / 8);
  const sizeBytes = values.BYTES_PER_ELEMENT;
  for (let i = 0; i < values.length; i++) {
    const at = begin + i * sizeBytes;
    values[i] = sizeBytes === 4 ? data.getFloat32(at, true) : data.getFloat64(at, true);
  }
  return values;
}

/** Product of the sizes; 1 for no axes. @throws ModelError when one is no count, or it is beyond what numbers count exactly. */
function elementsOf(where: string, shape: readonly number[]): number {
  const elements = shape.reduce((product, size) => product * size, 1);
  if (Number.isSafeInteger(elements * 8) && shape.every((size) => Number.isSafeInteger(size) && size >= 0))
    return elements;
  throw damaged(where, "whole sizes with a product below 2^50", shownShape(shape));
}

/** Up to eight sizes of a shape, for a message. */
function shownShape(shape: readonly number[]): string {
  return `[${shape.slice(0, 8).join(", ")}${shape.length > 8 ? ", …" : ""}]`;
}
