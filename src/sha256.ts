const BLOCK_BYTES = 64;

/**
 * SHA-256 of some bytes, in hexadecimal. The platform's own (`crypto.subtle`) is asynchronous and only there on secure
 * pages, so here is one that is neither.
 *
 * Source: NIST FIPS 180-4, section 6.2; the tests hold its known answers.
 */
export function sha256(bytes: Uint8Array): string {
  const { initial, rounds } = constants();
  const state = initial.slice();
  const schedule = new Int32Array(BLOCK_BYTES);
  const padded = withPadding(bytes);
  for (let start = 0; start < padded.byteLength; start += BLOCK_BYTES) addBlock(state, schedule, rounds, padded, start);
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

/** The message, a 1 bit, zeros, and its length in bits as 64 bits: a whole number of blocks. */
function withPadding(bytes: Uint8Array): DataView {
  const blocks = Math.ceil((bytes.length + 9) / BLOCK_BYTES);
  const padded = new Uint8Array(blocks * BLOCK_BYTES);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(padded.length - 4, (bytes.length * 8) >>> 0);
  return view;
}

const rotate = (word: number, bits: number): number => (word >>> bits) | (word << (32 - bits));

/** Mixes one block into the state; all of it in whole 32-bit numbers, as engines compute fast. */
function addBlock(state: Int32Array, schedule: Int32Array, rounds: Int32Array, data: DataView, start: number): void {
  for (let i = 0; i < 16; i++) schedule[i] = data.getInt32(start + 4 * i);
  for (let i = 16; i < 64; i++) {
    const w15 = at(schedule, i - 15);
    const w2 = at(schedule, i - 2);
    const small0 = rotate(w15, 7) ^ rotate(w15, 18) ^ (w15 >>> 3);
    const small1 = rotate(w2, 17) ^ rotate(w2, 19) ^ (w2 >>> 10);
    schedule[i] = (at(schedule, i - 16) + small0 + at(schedule, i - 7) + small1) | 0;
  }
  let a = at(state, 0);
  let b = at(state, 1);
  let c = at(state, 2);
  let d = at(state, 3);
  let e = at(state, 4);
  let f = at(state, 5);
  let g = at(state, 6);
  let h = at(state, 7);
  for (let i = 0; i < 64; i++) {
    const big1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const choice = (e & f) ^ (~e & g);
    const first = (h + big1 + choice + at(rounds, i) + at(schedule, i)) | 0;
    const big0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + big0 + majority) | 0;
  }
  state[0] = at(state, 0) + a;
  state[1] = at(state, 1) + b;
  state[2] = at(state, 2) + c;
  state[3] = at(state, 3) + d;
  state[4] = at(state, 4) + e;
  state[5] = at(state, 5) + f;
  state[6] = at(state, 6) + g;
  state[7] = at(state, 7) + h;
}

/** Always inside. */
function at(words: Int32Array, i: number): number {
  return words[i] ?? 0;
}

interface Constants {
  /** First 32 bits of the fractions of the square roots of the first 8 primes. */
  readonly initial: Int32Array;
  /** The same of the cube roots of the first 64 primes. */
  readonly rounds: Int32Array;
}

let known: Constants | null = null;

/** The constants from their definition, in whole numbers: ⌊√p · 2³²⌋ and ⌊∛p · 2³²⌋ without their whole parts. */
function constants(): Constants {
  if (known !== null) return known;
  const primes: bigint[] = [];
  for (let n = 2n; primes.length < 64; n++) if (primes.every((prime) => n % prime !== 0n)) primes.push(n);
  const fraction = (root: bigint): number => Number(root & 0xffffffffn);
  known = {
    initial: Int32Array.from(primes.slice(0, 8), (prime) => fraction(wholeRoot(prime << 64n, 2n))),
    rounds: Int32Array.from(primes, (prime) => fraction(wholeRoot(prime << 96n, 3n))),
  };
  return known;
}

/** The largest whole number whose power `degree` is at most `value`, by halving; for values below 2¹²⁰. */
function wholeRoot(value: bigint, degree: bigint): bigint {
  let low = 0n;
  let high = 1n << 60n;
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (middle ** degree <= value) low = middle;
    else high = middle;
  }
  return low;
}
