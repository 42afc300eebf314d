import { adviceUnlessPromise, shown } from "../../tree/reader.ts";
import { DataError } from "../../errors.ts";
import { type Dataset, dataset } from "../../train/examples/dataset.ts";

/** An array read from an IDX file. */
export interface IdxArray {
  /** Along each axis, the examples first: `[60000, 28, 28]` for the training images of MNIST. */
  readonly sizes: readonly number[];
  /** Row-major. */
  readonly values: Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;
}

interface ElementType {
  readonly bytes: number;
  read(view: DataView, count: number): IdxArray["values"];
}

/** By the third byte of the file. Numbers are stored with the high byte first. */
const ELEMENT_TYPES: ReadonlyMap<number, ElementType> = new Map([
  [0x08, { bytes: 1, read: (view, count) => new Uint8Array(view.buffer, view.byteOffset, count).slice() }],
  [0x09, { bytes: 1, read: (view, count) => new Int8Array(view.buffer, view.byteOffset, count).slice() }],
  [0x0b, { bytes: 2, read: (view, count) => Int16Array.from({ length: count }, (_, i) => view.getInt16(2 * i)) }],
  [0x0c, { bytes: 4, read: (view, count) => Int32Array.from({ length: count }, (_, i) => view.getInt32(4 * i)) }],
  [0x0d, { bytes: 4, read: (view, count) => Float32Array.from({ length: count }, (_, i) => view.getFloat32(4 * i)) }],
  [0x0e, { bytes: 8, read: (view, count) => Float64Array.from({ length: count }, (_, i) => view.getFloat64(8 * i)) }],
] satisfies [number, ElementType][]);

/**
 * Reads the IDX format of MNIST: two zero bytes, the type of an element, the number of axes, the size along each (32 bits,
 * high byte first), then the elements. Gzipped files are unpacked. Described at the end of LeCun's page on MNIST,
 * http://yann.lecun.com/exdb/mnist/.
 *
 * @param where what messages blame: the name of the file.
 * @throws DataError for another format, and for a file with fewer or more bytes than its sizes say.
 */
export async function readIdx(source: Uint8Array | ArrayBuffer | Blob, where = "readIdx"): Promise<IdxArray> {
  const given = await bytesOf(where, source);
  const bytes = isPacked(given) ? await unpacked(where, given) : given;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const type = bytes.length < 4 ? undefined : ELEMENT_TYPES.get(bytes[2] ?? 0);
  const axes = bytes[3] ?? 0;
  if (type === undefined || bytes[0] !== 0 || bytes[1] !== 0 || axes === 0) {
    const start = Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
    throw new DataError({
      where,
      expected: "an IDX file, which starts with the bytes 00 00, a type (08 for bytes) and a number of axes",
      got: start === "" ? "an empty file" : start,
      advice: "Check that it is the file it should be.",
    });
  }
  const headerBytes = 4 + 4 * axes;
  if (bytes.length < headerBytes) throw truncated(where, "a header", headerBytes, bytes.length);
  const sizes = Array.from({ length: axes }, (_, axis) => view.getUint32(4 + 4 * axis));
  const count = elementsByHeader(bytes, axes);
  const expected = headerBytes + count * type.bytes;
  const what = `${sizes.join(" × ")} elements`;
  if (bytes.length < expected) throw truncated(where, what, expected, bytes.length);
  if (bytes.length > expected) {
    // What is packed is unpacked no further than that.
    const got = isPacked(given) ? "more" : `${(bytes.length - expected).toLocaleString("en")} more`;
    throw new DataError({
      where,
      expected: `${expected.toLocaleString("en")} bytes for ${what}`,
      got,
      advice: "The file is damaged, or not what its header says.",
    });
  }
  return { sizes, values: type.read(new DataView(bytes.buffer, bytes.byteOffset + headerBytes), count) };
}

/**
 * Images and labels as a data set: bytes become 0 … 1 (divided by 255), other elements stay; an image is one row. There
 * are as many classes as the largest label says, named by their number.
 *
 * @param classes at least so many, for a test set that lacks the last ones.
 * @throws DataError when there are not as many labels as images, or labels are no whole numbers from 0 up.
 */
export function idxDataset(images: IdxArray, labels: IdxArray, classes = 2): Dataset {
  const [examples = 0, ...rest] = images.sizes;
  const columns = rest.reduce((product, size) => product * size, 1);
  if (labels.sizes.length !== 1) {
    throw new DataError({
      where: "idxDataset",
      expected: "labels along 1 axis",
      got: labels.sizes.join(" × "),
      advice: "Perhaps images and labels are swapped.",
    });
  }
  if (labels.values.length !== examples || examples === 0 || columns === 0) {
    throw new DataError({
      where: "idxDataset",
      expected: "a label for each image",
      got: `${examples} images of ${columns} numbers and ${labels.values.length} labels`,
      advice: "Take both from the same set.",
    });
  }
  let largest = 0;
  for (const [i, label] of labels.values.entries()) {
    if (!Number.isInteger(label) || label < 0 || label > 9999) {
      throw new DataError({
        where: ["idxDataset", `label ${i}`],
        expected: "a whole number from 0 to 9999",
        got: `${label}`,
        advice: "Check the file of labels.",
      });
    }
    largest = Math.max(largest, label);
  }
  const isBytes = images.values instanceof Uint8Array;
  const values = new Float32Array(images.values.length);
  for (const [i, value] of images.values.entries()) values[i] = isBytes ? value / 255 : value;
  return dataset({
    inputs: { values, columns },
    targets: Array.from(labels.values),
    classes: Array.from({ length: Math.max(classes, largest + 1) }, (_, label) => String(label)),
  });
}

async function bytesOf(where: string, source: Uint8Array | ArrayBuffer | Blob): Promise<Uint8Array> {
  if (source instanceof Uint8Array) return source;
  if (!(source instanceof ArrayBuffer) && !(source instanceof Blob)) {
    const advice = "Read the file first: await readFile(path) of node:fs/promises.";
    throw new DataError({
      where,
      expected: "the bytes of an IDX file",
      got: shown(source),
      advice: adviceUnlessPromise(source, advice),
    });
  }
  return new Uint8Array(source instanceof ArrayBuffer ? source : await source.arrayBuffer());
}

/** True for gzipped bytes. */
function isPacked(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Gzipped bytes unpacked, as far as the header's sizes ask for and one byte more: a small file may unpack to more than a
 * memory holds.
 */
async function unpacked(where: string, bytes: Uint8Array): Promise<Uint8Array> {
  // A copy: a Blob takes no view of shared memory, which the type allows.
  const stream = new Blob([Uint8Array.from(bytes)]).stream().pipeThrough(new DecompressionStream("gzip"));
  const reader = stream.getReader();
  let whole = new Uint8Array(2 ** 16);
  let length = 0;
  try {
    for (let wanted = Infinity; length < wanted;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (length + value.length > whole.length) {
        const larger = new Uint8Array(Math.max(2 * whole.length, length + value.length));
        larger.set(whole.subarray(0, length));
        whole = larger;
      }
      whole.set(value, length);
      length += value.length;
      wanted = bytesByHeader(whole.subarray(0, length)) + 1;
    }
  } catch {
    throw new DataError({
      where,
      expected: "whole gzip data",
      got: "a damaged or truncated file",
      advice: "Copy it again.",
    });
  }
  // What is left is not unpacked; a stream that is dropped may find its damage only now.
  reader.cancel().catch(() => {});
  return whole.subarray(0, length);
}

/** The bytes that an IDX file has by its header; of another format 4, which tell that; while the header is cut, Infinity. */
function bytesByHeader(bytes: Uint8Array): number {
  if (bytes.length < 4) return Infinity;
  const type = ELEMENT_TYPES.get(bytes[2] ?? 0);
  const axes = bytes[3] ?? 0;
  if (type === undefined || bytes[0] !== 0 || bytes[1] !== 0 || axes === 0) return 4;
  if (bytes.length < 4 + 4 * axes) return Infinity;
  return 4 + 4 * axes + elementsByHeader(bytes, axes) * type.bytes;
}

function elementsByHeader(bytes: Uint8Array, axes: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let count = 1;
  for (let axis = 0; axis < axes; axis++) count *= view.getUint32(4 + 4 * axis);
  return count;
}

function truncated(where: string, what: string, expected: number, got: number): DataError {
  return new DataError({
    where,
    expected: `${expected.toLocaleString("en")} bytes for ${what}`,
    got: got.toLocaleString("en"),
    advice: "The file is truncated: copy it again.",
  });
}
