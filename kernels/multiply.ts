// The matrix product: output[i, j] = Σ_k left[i, k] · right[k, j] (+ bias[j]); or with an update of a variable,
// output[i, j] = from[i, j] − factor · Σ_k left[i, k] · right[k, j], which takes a depth of one chunk.
//
// Every element is summed in the same way whatever the number of rows and columns: in chunks of at most 256 terms of
// nearly equal length, each chunk from 0 in the order of k; the first is added to the bias, every further one to what
// stands in the output. So the bits depend on the depth alone, not on the batch an example is in, nor on threads.
//
// A tile of 4 × 8 results stays in registers while k runs. The right operand is brought into panels of 8 columns,
// [k][8], that stay in the first-level cache while all rows pass; the last 9 to 12 columns are one panel, since 8 and a
// half-used 4 would take longer. The left operand is packed too, [k][4], where enough columns follow: one pointer instead
// of four makes a tile an eighth faster.
import { scratch } from "./threads";
import { transposeTo } from "./transpose";

/** Most terms of a chunk: a panel of 12 columns is then 12 KB. */
const CHUNK: i32 = 256;
/** Up to so many rows a row-major right operand is read in place: the copy would cost more than it saves. */
const ROWS_WITHOUT_PACKING: i32 = 12;
/** Rows of the left operand that are packed at a time, where they are. */
const BLOCK_ROWS: i32 = 64;
/** Up to so many columns the left operand is read in place. */
const COLUMNS_WITHOUT_PACKING: i32 = 16;
/**
 * Terms of a chunk up to which a transposed left operand is read in place, where four rows stand side by side anyway;
 * beyond, its cache lines evict one another.
 */
const TERMS_WITHOUT_PACKING: i32 = 64;
const PANEL_BYTES: usize = usize(CHUNK * 12 * 4);
const BLOCK_BYTES: usize = usize(BLOCK_ROWS * CHUNK * 4);
/** Bytes of scratch the product needs. */
export const MULTIPLY_BYTES: usize = PANEL_BYTES + BLOCK_BYTES;

/**
 * True while the product in hand is an update: what is stored is addend + factor · sum. With factor = −η that has the bits
 * of w − η g.
 */
let isUpdate: bool = false;
let factor: v128 = f32x4.splat(0);

/**
 * What `touch` has read: kept, so that the reading is not left out. A tile touches early what it adds to late: else it
 * would wait for it, at the end of every tile, for as long as the cache takes.
 */
let touched: i32 = 0;

/** Reads a number of each of a tile's rows. */
// @ts-ignore: decorator
@inline
function touch(addend: usize, stride: usize): void {
  if (addend == 0) return;
  touched = load<i32>(addend) ^ load<i32>(addend + stride) ^ load<i32>(addend + stride * 2) ^ load<i32>(addend + stride * 3);
}

/** A sum on its way out. */
// @ts-ignore: decorator
@inline
function scaled(sum: v128): v128 {
  return isUpdate ? f32x4.mul(factor, sum) : sum;
}

/** The right operand's panel in use. */
// @ts-ignore: decorator
@inline
function panel(): usize {
  return scratch;
}

/** A block of the left operand, four rows after four rows, [k][4] each. */
// @ts-ignore: decorator
@inline
function block(): usize {
  return scratch + PANEL_BYTES;
}

/** c + x · b, rounded twice; once in the fast module, where the processor does both in one go. */
// @ts-ignore: decorator
@inline
function mulAdd(c: v128, x: v128, b: v128): v128 {
  return ASC_FEATURE_RELAXED_SIMD ? f32x4.relaxed_madd(x, b, c) : f32x4.add(c, f32x4.mul(x, b));
}

/** One instruction; the words are explained in encode.ts. */
export function multiply(pc: usize): void {
  product(pc, false);
}

/** One instruction, whose right operand lies in memory as [j, k]. */
export function multiplyRightTransposed(pc: usize): void {
  product(pc, true);
}

function product(pc: usize, isRightTransposed: bool): void {
  const rows = load<i32>(pc, 8);
  const columns = load<i32>(pc, 12);
  const depth = load<i32>(pc, 16);
  const left = load<usize>(pc, 20);
  const leftRow = load<usize>(pc, 24); // bytes from row to row of the left operand,
  const leftTerm = load<usize>(pc, 28); // and from k to k
  const right = load<usize>(pc, 32);
  const rightStride = load<usize>(pc, 36);
  const output = load<usize>(pc, 40);
  const outputStride = load<usize>(pc, 44);
  const bias = load<usize>(pc, 48);
  const from = load<usize>(pc, 52);
  const fromStride = load<usize>(pc, 56);
  isUpdate = from != 0;
  if (isUpdate) factor = f32x4.neg(v128.load32_splat(load<usize>(pc, 60)));

  const chunks = (depth + CHUNK - 1) / CHUNK;
  const chunk = (depth + chunks - 1) / chunks;
  const isWorthPacking = leftRow == 4 ? chunk > TERMS_WITHOUT_PACKING : rows > ROWS_WITHOUT_PACKING;
  const isLeftPacked = isWorthPacking && columns > COLUMNS_WITHOUT_PACKING;
  const blockRows = isLeftPacked ? BLOCK_ROWS : rows;
  for (let k = 0; k < depth; k += chunk) {
    const terms = min(chunk, depth - k);
    const rightChunk = right + (isRightTransposed ? usize(k << 2) : usize(k) * rightStride);
    for (let i = 0; i < rows; i += blockRows) {
      const count = min(blockRows, rows - i);
      let a = left + usize(k) * leftTerm + usize(i) * leftRow;
      if (isLeftPacked) packLeft(a, leftRow, leftTerm, count, terms);
      const out = output + usize(i) * outputStride;
      let add = k == 0 ? bias : out;
      let addStride: usize = k == 0 ? 0 : outputStride;
      if (isUpdate) {
        add = from + usize(i) * fromStride;
        addStride = fromStride;
      }
      if (isLeftPacked) {
        multiplyBlock(block(), 4, 16, usize(terms) << 4, count, columns, terms, rightChunk, rightStride, isRightTransposed, out, outputStride, add, addStride);
      } else {
        multiplyBlock(a, leftRow, leftTerm, leftRow << 2, count, columns, terms, rightChunk, rightStride, isRightTransposed, out, outputStride, add, addStride);
      }
    }
  }
}

/** One chunk of the sum for some rows and all columns. `leftStep`: bytes from four rows to the next four. */
function multiplyBlock(
  left: usize, leftRow: usize, leftTerm: usize, leftStep: usize, rows: i32, columns: i32, terms: i32,
  right: usize, rightStride: usize, isRightTransposed: bool,
  output: usize, outputStride: usize, addend: usize, addendStride: usize,
): void {
  const isRowAlone = isRightTransposed && rows == 1;
  const isPacked = isRightTransposed || rows > ROWS_WITHOUT_PACKING;
  for (let j = 0; j < columns; ) {
    const rest = columns - j;
    const width = rest > 12 ? 8 : (rest + 3) & ~3; // 4, 8 or 12
    const at = usize(j << 2);
    const out = output + at;
    const add: usize = addend == 0 ? 0 : addend + at;
    let source = right + (isRightTransposed ? usize(j) * rightStride : at);
    if (isRowAlone) {
      tileOfRow(left, leftTerm, source, rightStride, min(rest, 8), terms, out, add);
      j += 8;
      continue;
    }
    let step = rightStride;
    if (isPacked) {
      step = usize(width << 2);
      if (isRightTransposed) packTransposed(source, rightStride, min(rest, width), terms, step);
      else packRows(source, rightStride, width, terms);
      source = panel();
    }
    if (width == 12) strip12(left, leftRow, leftTerm, leftStep, source, step, terms, out, outputStride, add, addendStride, rows);
    else if (width == 4) strip4(left, leftRow, leftTerm, leftStep, source, step, terms, out, outputStride, add, addendStride, rows);
    else if (leftRow == 4) strip8Adjacent(left, leftTerm, leftStep, source, step, terms, out, outputStride, add, addendStride, rows);
    else strip8(left, leftRow, leftTerm, leftStep, source, step, terms, out, outputStride, add, addendStride, rows);
    j += width;
  }
}

/** Copies rows of the left operand so that four adjacent ones stand side by side. */
function packLeft(source: usize, rowStep: usize, termStep: usize, rows: i32, terms: i32): void {
  let to = block();
  if (rowStep != 4) {
    do {
      packFour(source, rowStep, min(rows, 4), terms, to, 16);
      source += rowStep << 2;
      to += usize(terms) << 4;
      rows -= 4;
    } while (rows > 0);
    return;
  }
  do {
    let from = source;
    let k = terms;
    do {
      v128.store(to, v128.load(from));
      from += termStep;
      to += 16;
    } while (--k);
    source += 16;
    rows -= 4;
  } while (rows > 0);
}

/** Copies rows of `width` floats (4, 8 or 12) into the panel. */
function packRows(source: usize, stride: usize, width: i32, terms: i32): void {
  let to = panel();
  const step = usize(width << 2);
  do {
    v128.store(to, v128.load(source));
    if (width > 4) v128.store(to, v128.load(source, 16), 16);
    if (width > 8) v128.store(to, v128.load(source, 32), 32);
    source += stride;
    to += step;
  } while (--terms);
}

/** Fills the panel from `count` rows of the transposed operand; what lacks to a multiple of 4 repeats the last row. */
function packTransposed(source: usize, stride: usize, count: i32, terms: i32, step: usize): void {
  let to = panel();
  do {
    packFour(source, stride, min(count, 4), terms, to, step);
    source += stride << 2;
    to += 16;
    count -= 4;
  } while (count > 0);
}

function packFour(source: usize, stride: usize, count: i32, terms: i32, to: usize, step: usize): void {
  let s0 = source;
  let s1 = count > 1 ? s0 + stride : s0;
  let s2 = count > 2 ? s1 + stride : s1;
  let s3 = count > 3 ? s2 + stride : s2;
  while (terms >= 4) {
    transposeTo(to, step, v128.load(s0), v128.load(s1), v128.load(s2), v128.load(s3));
    s0 += 16;
    s1 += 16;
    s2 += 16;
    s3 += 16;
    to += step << 2;
    terms -= 4;
  }
  while (terms > 0) {
    f32.store(to, f32.load(s0));
    f32.store(to, f32.load(s1), 4);
    f32.store(to, f32.load(s2), 8);
    f32.store(to, f32.load(s3), 12);
    s0 += 4;
    s1 += 4;
    s2 += 4;
    s3 += 4;
    to += step;
    --terms;
  }
}

// A strip: all rows of some columns, in tiles. Of a last tile with fewer rows than four the last row is computed again and
// not stored. The rows of tiles are a loop in here because a call for each tile would cost a tenth where sums are short.

/** 8 columns. Five or ten rows make tiles of five, so that none is computed twice. */
function strip8(
  left: usize, leftRow: usize, leftTerm: usize, leftStep: usize, source: usize, step: usize, terms: i32,
  out: usize, outStride: usize, addend: usize, addendStride: usize, rows: i32,
): void {
  do {
    if (rows == 1) {
      tile1x8(left, leftTerm, source, step, terms, out, addend);
      return;
    }
    if (rows == 5 || rows == 10) {
      tile5x8(left, leftRow, leftTerm, source, step, terms, out, outStride, addend, addendStride);
      if (rows == 5) return;
      left += leftRow * 5;
      out += outStride * 5;
      if (addend != 0) addend += addendStride * 5;
      tile5x8(left, leftRow, leftTerm, source, step, terms, out, outStride, addend, addendStride);
      return;
    }
    let a0 = left;
    let a1 = a0 + leftRow;
    let a2 = rows > 2 ? a1 + leftRow : a1;
    let a3 = rows > 3 ? a2 + leftRow : a2;
    let c00 = f32x4.splat(0);
    let c01 = f32x4.splat(0);
    let c10 = f32x4.splat(0);
    let c11 = f32x4.splat(0);
    let c20 = f32x4.splat(0);
    let c21 = f32x4.splat(0);
    let c30 = f32x4.splat(0);
    let c31 = f32x4.splat(0);
    let b = source;
    let k = terms;
    do {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      let x = v128.load32_splat(a0);
      c00 = mulAdd(c00, x, b0);
      c01 = mulAdd(c01, x, b1);
      x = v128.load32_splat(a1);
      c10 = mulAdd(c10, x, b0);
      c11 = mulAdd(c11, x, b1);
      x = v128.load32_splat(a2);
      c20 = mulAdd(c20, x, b0);
      c21 = mulAdd(c21, x, b1);
      x = v128.load32_splat(a3);
      c30 = mulAdd(c30, x, b0);
      c31 = mulAdd(c31, x, b1);
      a0 += leftTerm;
      a1 += leftTerm;
      a2 += leftTerm;
      a3 += leftTerm;
      b += step;
    } while (--k);
    store4x8(out, outStride, addend, addendStride, rows, c00, c01, c10, c11, c20, c21, c30, c31);
    left += leftStep;
    out += outStride << 2;
    if (addend != 0) addend += addendStride << 2;
    rows -= 4;
  } while (rows > 0);
}

/** As `strip8` where the rows of the left operand lie 4 bytes apart: one pointer does, which is 12 % faster. */
function strip8Adjacent(
  left: usize, leftTerm: usize, leftStep: usize, source: usize, step: usize, terms: i32,
  out: usize, outStride: usize, addend: usize, addendStride: usize, rows: i32,
): void {
  do {
    if (rows == 1) {
      tile1x8(left, leftTerm, source, step, terms, out, addend);
      return;
    }
    if (rows > 3) touch(addend, addendStride);
    let a = left;
    let c00 = f32x4.splat(0);
    let c01 = f32x4.splat(0);
    let c10 = f32x4.splat(0);
    let c11 = f32x4.splat(0);
    let c20 = f32x4.splat(0);
    let c21 = f32x4.splat(0);
    let c30 = f32x4.splat(0);
    let c31 = f32x4.splat(0);
    let b = source;
    let k = terms;
    do {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      let x = v128.load32_splat(a);
      c00 = mulAdd(c00, x, b0);
      c01 = mulAdd(c01, x, b1);
      x = v128.load32_splat(a, 4);
      c10 = mulAdd(c10, x, b0);
      c11 = mulAdd(c11, x, b1);
      x = v128.load32_splat(a, 8);
      c20 = mulAdd(c20, x, b0);
      c21 = mulAdd(c21, x, b1);
      x = v128.load32_splat(a, 12);
      c30 = mulAdd(c30, x, b0);
      c31 = mulAdd(c31, x, b1);
      a += leftTerm;
      b += step;
    } while (--k);
    store4x8(out, outStride, addend, addendStride, rows, c00, c01, c10, c11, c20, c21, c30, c31);
    left += leftStep;
    out += outStride << 2;
    if (addend != 0) addend += addendStride << 2;
    rows -= 4;
  } while (rows > 0);
}

// @ts-ignore: decorator
@inline
function store4x8(
  out: usize, outStride: usize, addend: usize, addendStride: usize, rows: i32,
  c00: v128, c01: v128, c10: v128, c11: v128, c20: v128, c21: v128, c30: v128, c31: v128,
): void {
  if (addend != 0) {
    storeSum(out, addend, c00, c01);
    addend += addendStride;
    storeSum(out + outStride, addend, c10, c11);
    if (rows < 3) return;
    addend += addendStride;
    storeSum(out + outStride * 2, addend, c20, c21);
    if (rows < 4) return;
    addend += addendStride;
    storeSum(out + outStride * 3, addend, c30, c31);
  } else {
    store8(out, c00, c01);
    store8(out + outStride, c10, c11);
    if (rows < 3) return;
    store8(out + outStride * 2, c20, c21);
    if (rows < 4) return;
    store8(out + outStride * 3, c30, c31);
  }
}

/** 9 to 12 columns. */
function strip12(
  left: usize, leftRow: usize, leftTerm: usize, leftStep: usize, source: usize, step: usize, terms: i32,
  out: usize, outStride: usize, addend: usize, addendStride: usize, rows: i32,
): void {
  do {
    let a0 = left;
    let a1 = rows > 1 ? a0 + leftRow : a0;
    let a2 = rows > 2 ? a1 + leftRow : a1;
    let a3 = rows > 3 ? a2 + leftRow : a2;
    let c00 = f32x4.splat(0);
    let c01 = f32x4.splat(0);
    let c02 = f32x4.splat(0);
    let c10 = f32x4.splat(0);
    let c11 = f32x4.splat(0);
    let c12 = f32x4.splat(0);
    let c20 = f32x4.splat(0);
    let c21 = f32x4.splat(0);
    let c22 = f32x4.splat(0);
    let c30 = f32x4.splat(0);
    let c31 = f32x4.splat(0);
    let c32 = f32x4.splat(0);
    let b = source;
    let k = terms;
    do {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      const b2 = v128.load(b, 32);
      let x = v128.load32_splat(a0);
      c00 = mulAdd(c00, x, b0);
      c01 = mulAdd(c01, x, b1);
      c02 = mulAdd(c02, x, b2);
      x = v128.load32_splat(a1);
      c10 = mulAdd(c10, x, b0);
      c11 = mulAdd(c11, x, b1);
      c12 = mulAdd(c12, x, b2);
      x = v128.load32_splat(a2);
      c20 = mulAdd(c20, x, b0);
      c21 = mulAdd(c21, x, b1);
      c22 = mulAdd(c22, x, b2);
      x = v128.load32_splat(a3);
      c30 = mulAdd(c30, x, b0);
      c31 = mulAdd(c31, x, b1);
      c32 = mulAdd(c32, x, b2);
      a0 += leftTerm;
      a1 += leftTerm;
      a2 += leftTerm;
      a3 += leftTerm;
      b += step;
    } while (--k);
    store12(out, addend, c00, c01, c02);
    if (rows > 1) store12(out + outStride, next(addend, addendStride), c10, c11, c12);
    if (rows > 2) store12(out + outStride * 2, next(addend, addendStride * 2), c20, c21, c22);
    if (rows > 3) store12(out + outStride * 3, next(addend, addendStride * 3), c30, c31, c32);
    left += leftStep;
    out += outStride << 2;
    if (addend != 0) addend += addendStride << 2;
    rows -= 4;
  } while (rows > 0);
}

/** Up to 4 columns. */
function strip4(
  left: usize, leftRow: usize, leftTerm: usize, leftStep: usize, source: usize, step: usize, terms: i32,
  out: usize, outStride: usize, addend: usize, addendStride: usize, rows: i32,
): void {
  do {
    let a0 = left;
    let a1 = rows > 1 ? a0 + leftRow : a0;
    let a2 = rows > 2 ? a1 + leftRow : a1;
    let a3 = rows > 3 ? a2 + leftRow : a2;
    let c00 = f32x4.splat(0);
    let c10 = f32x4.splat(0);
    let c20 = f32x4.splat(0);
    let c30 = f32x4.splat(0);
    let b = source;
    let k = terms;
    do {
      const b0 = v128.load(b);
      let x = v128.load32_splat(a0);
      c00 = mulAdd(c00, x, b0);
      x = v128.load32_splat(a1);
      c10 = mulAdd(c10, x, b0);
      x = v128.load32_splat(a2);
      c20 = mulAdd(c20, x, b0);
      x = v128.load32_splat(a3);
      c30 = mulAdd(c30, x, b0);
      a0 += leftTerm;
      a1 += leftTerm;
      a2 += leftTerm;
      a3 += leftTerm;
      b += step;
    } while (--k);
    store4(out, addend, c00);
    if (rows > 1) store4(out + outStride, next(addend, addendStride), c10);
    if (rows > 2) store4(out + outStride * 2, next(addend, addendStride * 2), c20);
    if (rows > 3) store4(out + outStride * 3, next(addend, addendStride * 3), c30);
    left += leftStep;
    out += outStride << 2;
    if (addend != 0) addend += addendStride << 2;
    rows -= 4;
  } while (rows > 0);
}

/** Five rows of 8. */
function tile5x8(
  a0: usize, leftRow: usize, leftTerm: usize, b: usize, step: usize, k: i32,
  out: usize, outStride: usize, addend: usize, addendStride: usize,
): void {
  let a1 = a0 + leftRow;
  let a2 = a1 + leftRow;
  let a3 = a2 + leftRow;
  let a4 = a3 + leftRow;
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  let c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0);
  let c31 = f32x4.splat(0);
  let c40 = f32x4.splat(0);
  let c41 = f32x4.splat(0);
  do {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let x = v128.load32_splat(a0);
    c00 = mulAdd(c00, x, b0);
    c01 = mulAdd(c01, x, b1);
    x = v128.load32_splat(a1);
    c10 = mulAdd(c10, x, b0);
    c11 = mulAdd(c11, x, b1);
    x = v128.load32_splat(a2);
    c20 = mulAdd(c20, x, b0);
    c21 = mulAdd(c21, x, b1);
    x = v128.load32_splat(a3);
    c30 = mulAdd(c30, x, b0);
    c31 = mulAdd(c31, x, b1);
    x = v128.load32_splat(a4);
    c40 = mulAdd(c40, x, b0);
    c41 = mulAdd(c41, x, b1);
    a0 += leftTerm;
    a1 += leftTerm;
    a2 += leftTerm;
    a3 += leftTerm;
    a4 += leftTerm;
    b += step;
  } while (--k);
  storeEither(out, addend, c00, c01);
  storeEither(out + outStride, next(addend, addendStride), c10, c11);
  storeEither(out + outStride * 2, next(addend, addendStride * 2), c20, c21);
  storeEither(out + outStride * 3, next(addend, addendStride * 3), c30, c31);
  storeEither(out + outStride * 4, next(addend, addendStride * 4), c40, c41);
}

/** One row of 8. */
function tile1x8(a: usize, termStep: usize, b: usize, step: usize, terms: i32, out: usize, addend: usize): void {
  let c0 = f32x4.splat(0);
  let c1 = f32x4.splat(0);
  do {
    const x = v128.load32_splat(a);
    c0 = mulAdd(c0, x, v128.load(b));
    c1 = mulAdd(c1, x, v128.load(b, 16));
    a += termStep;
    b += step;
  } while (--terms);
  storeEither(out, addend, c0, c1);
}

/** One row of up to 8 columns of a transposed right operand, which is turned over in registers, four terms at a time. */
function tileOfRow(a: usize, termStep: usize, b: usize, stride: usize, count: i32, terms: i32, out: usize, addend: usize): void {
  const b1 = count > 1 ? b + stride : b;
  const b2 = count > 2 ? b1 + stride : b1;
  const b3 = count > 3 ? b2 + stride : b2;
  const b4 = count > 4 ? b3 + stride : b3;
  const b5 = count > 5 ? b4 + stride : b4;
  const b6 = count > 6 ? b5 + stride : b5;
  const b7 = count > 7 ? b6 + stride : b6;
  let c0 = f32x4.splat(0);
  let c1 = f32x4.splat(0);
  let at: usize = 0;
  for (; terms >= 4; terms -= 4) {
    const x0 = v128.load32_splat(a);
    const x1 = v128.load32_splat(a + termStep);
    const x2 = v128.load32_splat(a + termStep * 2);
    const x3 = v128.load32_splat(a + termStep * 3);
    c0 = addFourTerms(c0, x0, x1, x2, x3, v128.load(b + at), v128.load(b1 + at), v128.load(b2 + at), v128.load(b3 + at));
    c1 = addFourTerms(c1, x0, x1, x2, x3, v128.load(b4 + at), v128.load(b5 + at), v128.load(b6 + at), v128.load(b7 + at));
    a += termStep * 4;
    at += 16;
  }
  for (; terms > 0; --terms) {
    const x = v128.load32_splat(a);
    c0 = mulAdd(c0, x, f32x4(f32.load(b + at), f32.load(b1 + at), f32.load(b2 + at), f32.load(b3 + at)));
    c1 = mulAdd(c1, x, f32x4(f32.load(b4 + at), f32.load(b5 + at), f32.load(b6 + at), f32.load(b7 + at)));
    a += termStep;
    at += 4;
  }
  if (addend != 0) {
    c0 = f32x4.add(v128.load(addend), scaled(c0));
    if (count > 4) c1 = f32x4.add(v128.load(addend, 16), scaled(c1));
  }
  v128.store(out, c0);
  if (count > 4) v128.store(out, c1, 16);
}

/** c + Σ x_k b_k, where b_k holds the k-th floats of the rows r0 … r3. */
// @ts-ignore: decorator
@inline
function addFourTerms(c: v128, x0: v128, x1: v128, x2: v128, x3: v128, r0: v128, r1: v128, r2: v128, r3: v128): v128 {
  const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  c = mulAdd(c, x0, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
  c = mulAdd(c, x1, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7));
  c = mulAdd(c, x2, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5));
  return mulAdd(c, x3, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7));
}

/** Address of what is to be added to a later row; 0, nothing, stays 0. */
// @ts-ignore: decorator
@inline
function next(addend: usize, bytes: usize): usize {
  return addend == 0 ? 0 : addend + bytes;
}

// @ts-ignore: decorator
@inline
function store4(out: usize, addend: usize, c: v128): void {
  v128.store(out, addend == 0 ? c : f32x4.add(v128.load(addend), scaled(c)));
}

// @ts-ignore: decorator
@inline
function storeEither(out: usize, addend: usize, c0: v128, c1: v128): void {
  if (addend != 0) storeSum(out, addend, c0, c1);
  else store8(out, c0, c1);
}

// @ts-ignore: decorator
@inline
function store12(out: usize, addend: usize, c0: v128, c1: v128, c2: v128): void {
  if (addend != 0) {
    storeSum(out, addend, c0, c1);
    v128.store(out, f32x4.add(v128.load(addend, 32), scaled(c2)), 32);
  } else {
    store8(out, c0, c1);
    v128.store(out, c2, 32);
  }
}

// @ts-ignore: decorator
@inline
function store8(out: usize, c0: v128, c1: v128): void {
  v128.store(out, c0);
  v128.store(out, c1, 16);
}

// @ts-ignore: decorator
@inline
function storeSum(out: usize, addend: usize, c0: v128, c1: v128): void {
  v128.store(out, f32x4.add(v128.load(addend), scaled(c0)));
  v128.store(out, f32x4.add(v128.load(addend, 16), scaled(c1)), 16);
}
