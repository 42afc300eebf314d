import { DataError } from "../../errors.ts";
import { checkNoBinaryFormat } from "./foreign-format.ts";

/** Where the text of a file comes from: at once, or in chunks that may end anywhere, also inside a character. */
export type CsvSource =
  | string
  | Uint8Array
  | ArrayBuffer
  | Blob
  | ReadableStream<Uint8Array | string>
  | Iterable<Uint8Array | string>
  | AsyncIterable<Uint8Array | string>;

/** Text and bytes are read in pieces of this size, so that memory does not depend on the size of what is given. */
const PIECE = 65_536;

/**
 * The text of a source, in pieces. Bytes are UTF-8, or UTF-16 when they start with its byte order mark; a byte order
 * mark is dropped; gzip is unpacked.
 *
 * @throws DataError for bytes that are no text: another encoding, or a known binary format.
 */
export async function* textOf(source: CsvSource, encoding = "utf-8"): AsyncGenerator<string> {
  const { first, rest } = await sniffed(piecesOf(source));
  if (typeof first === "string") {
    yield* decoded(joined(first.startsWith("\uFEFF") ? first.slice(1) : first, rest), encoding);
    return;
  }
  if (first[0] === 0x1f && first[1] === 0x8b) {
    const { first: inner, rest: more } = await sniffed(unzipped(joined(first, rest)));
    yield* decoded(joined(inner, more), encodingOf(inner, encoding));
    return;
  }
  yield* decoded(joined(first, rest), encodingOf(first, encoding));
}

type Piece = string | Uint8Array;

async function* piecesOf(source: CsvSource): AsyncGenerator<Piece> {
  for await (const chunk of chunksOf(source)) {
    const whole: unknown = chunk instanceof ArrayBuffer ? new Uint8Array(chunk) : chunk;
    if (typeof whole !== "string" && !(whole instanceof Uint8Array)) {
      throw new DataError({
        where: "readCsv",
        expected: "chunks of text or bytes",
        got: whole === null ? "null" : typeof whole,
        advice: "Pass text, bytes, a Blob, or a stream of text or bytes.",
      });
    }
    for (let start = 0; start < whole.length; start += PIECE) {
      yield typeof whole === "string" ? whole.slice(start, start + PIECE) : whole.subarray(start, start + PIECE);
    }
  }
}

function chunksOf(source: CsvSource): AsyncIterable<unknown> | Iterable<unknown> {
  const given: unknown = source;
  if (typeof source === "string" || source instanceof Uint8Array || source instanceof ArrayBuffer) return [source];
  if (source instanceof Blob) return chunksOfStream(source.stream());
  if (source instanceof ReadableStream) return chunksOfStream(source);
  if (typeof given === "object" && given !== null && (Symbol.asyncIterator in given || Symbol.iterator in given)) {
    return source;
  }
  throw new DataError({
    where: "readCsv",
    expected: "a source to read",
    got: given === null ? "null" : typeof given,
    advice: "Pass text, bytes, a Blob, or a stream of text or bytes.",
  });
}

/** The chunks of a web stream: some browsers cannot iterate over one. */
async function* chunksOfStream(stream: ReadableStream<unknown>): AsyncGenerator<unknown> {
  const reader = stream.getReader();
  let isDone = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      isDone = done;
      if (done) return;
      yield value;
    }
  } finally {
    // Left early: the source is told to stop. Its own error, if any, has been thrown by `read`.
    if (!isDone) await reader.cancel().catch(() => undefined);
    reader.releaseLock();
  }
}

/** The start of what comes, long enough to tell what it is, and the rest. */
async function sniffed(pieces: AsyncGenerator<Piece>): Promise<{ first: Piece; rest: AsyncGenerator<Piece> }> {
  let start = new Uint8Array(0);
  while (start.length < 16) {
    const next = await pieces.next();
    if (next.done === true) break;
    if (typeof next.value === "string") {
      // A stream is text or bytes; text that follows a few bytes is taken as it is.
      if (start.length === 0) return { first: next.value, rest: pieces };
      return { first: start, rest: joined(next.value, pieces) };
    }
    const both = new Uint8Array(start.length + next.value.length);
    both.set(start);
    both.set(next.value, start.length);
    start = both;
  }
  return { first: start, rest: pieces };
}

async function* joined(first: Piece, rest: AsyncGenerator<Piece>): AsyncGenerator<Piece> {
  try {
    yield first;
    yield* rest;
  } finally {
    // Also when nobody came as far as the rest: whatever it reads from has to be closed.
    await rest.return(undefined);
  }
}

async function* unzipped(pieces: AsyncGenerator<Piece>): AsyncGenerator<Piece> {
  let failure: unknown = null;
  const compressed = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const next = await pieces.next().catch((error: unknown) => {
        failure = error;
        throw error;
      });
      if (next.done === true) controller.close();
      // A copy: what a stream is given, it may keep.
      else if (typeof next.value !== "string") controller.enqueue(Uint8Array.from(next.value));
    },
    async cancel() {
      await pieces.return(undefined);
    },
  });
  try {
    for await (const chunk of chunksOfStream(compressed.pipeThrough(new DecompressionStream("gzip")))) {
      // The stream of a decompressor is of bytes.
      yield chunk as Uint8Array;
    }
  } catch {
    // What the source throws comes out of the stream as well, and is not the fault of the data.
    if (failure !== null) throw failure;
    throw new DataError({
      where: "readCsv",
      expected: "whole gzip data",
      got: "a damaged or truncated file",
      advice: "Copy or compress it again.",
    });
  }
}

/** The encoding the first bytes speak of, else the one given. */
function encodingOf(start: Piece, given: string): string {
  if (typeof start === "string") return given;
  if (start[0] === 0xff && start[1] === 0xfe) return "utf-16le";
  if (start[0] === 0xfe && start[1] === 0xff) return "utf-16be";
  checkNoBinaryFormat(start);
  return given;
}

async function* decoded(pieces: AsyncGenerator<Piece>, encoding: string): AsyncGenerator<string> {
  const decoder = decoderFor(encoding);
  for await (const piece of pieces) {
    const text = typeof piece === "string" ? piece : decode(decoder, piece, encoding);
    if (text !== "") yield text;
  }
  const end = decode(decoder, null, encoding);
  if (end !== "") yield end;
}

function decoderFor(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch {
    throw new DataError({
      where: "readCsv",
      expected: "an encoding that this system knows",
      got: JSON.stringify(encoding),
      advice: 'Give "utf-8" or, for old Windows files, "windows-1252" (--encoding windows-1252).',
    });
  }
}

function decode(decoder: TextDecoder, bytes: Uint8Array | null, encoding: string): string {
  try {
    return bytes === null ? decoder.decode() : decoder.decode(bytes, { stream: true });
  } catch {
    throw new DataError({
      where: "readCsv",
      expected: `text in ${encoding}`,
      got: "bytes that are not",
      advice: "Save the file as UTF-8, or say its encoding: --encoding windows-1252 for most older files of Windows.",
    });
  }
}
