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
  const schedule = new Uint32Array(BLOCK_BYTES);
  const padded = withPadding(bytes);
  for (let start = 0; start < padded.byteLength; start += BLOCK_BYTES) addBlock(state, schedule, rounds, padded, start);
  return Array.from(state, (word) => word.toString(16).padStart(8, "0")).join("");
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

function addBlock(state: Uint32Array, schedule: Uint32Array, rounds: Uint32Array, data: DataView, start: number): void {
  const word = (i: number): number => schedule[i] ?? 0;
  for (let i = 0; i < 16; i++) schedule[i] = data.getUint32(start + 4 * i);
  for (let i = 16; i < 64; i++) {
    const [w15, w2] = [word(i - 15), word(i - 2)];
    const small0 = rotate(w15, 7) ^ rotate(w15, 18) ^ (w15 >>> 3);
    const small1 = rotate(w2, 17) ^ rotate(w2, 19) ^ (w2 >>> 10);
    schedule[i] = word(i - 16) + small0 + word(i - 7) + small1;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let i = 0; i < 64; i++) {
    const big1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const choice = (e & f) ^ (~e & g);
    const first = (h + big1 + choice + (rounds[i] ?? 0) + word(i)) | 0;
    const big0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const second = (big0 + majority) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((value, i) => (state[i] = (state[i] ?? 0) + value));
}

interface Constants {
  /** First 32 bits of the fractions of the square roots of the first 8 primes. */
  readonly initial: Uint32Array;
  /** The same of the cube roots of the first 64 primes. */
  readonly rounds: Uint32Array;
}

let known: Constants | null = null;

/** The constants from their definition, in whole numbers: ⌊√p · 2³²⌋ and ⌊∛p · 2³²⌋ without their whole parts. */
function constants(): Constants {
  if (known !== null) return known;
  const primes: bigint[] = [];
  for (let n = 2n; primes.length < 64; n++) if (primes.every((prime) => n % prime !== 0n)) primes.push(n);
  const fraction = (root: bigint): number => Number(root & 0xffffffffn);
  known = {
    initial: Uint32Array.from(primes.slice(0, 8), (prime) => fraction(wholeRoot(prime << 64n, 2n))),
    rounds: Uint32Array.from(primes, (prime) => fraction(wholeRoot(prime << 96n, 3n))),
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
