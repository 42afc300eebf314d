// The matrix product: output[i, j] = Σ_k left[i, k] · right[k, j] (+ bias[j]).
//
// Every element is summed in the same way whatever the number of rows and columns: in chunks of at most 256 terms of
// nearly equal length, each chunk from 0 in the order of k; the first is added to the bias, every further one to what
// stands in the output. So the bits depend on the depth alone, not on the batch an example is in, nor on threads.
//
// A tile of 4 × 8 results stays in registers while k runs. The right operand is brought into panels of 8 columns,
// [k][8], that stay in the first-level cache while all rows pass; the left one is read in place.
import { transposeTo } from "./transpose";

/** Most terms of a chunk: a panel of 8 columns is then 8 KB. */
const CHUNK: i32 = 256;
/** Up to so many rows a row-major right operand is read in place: the copy would cost more than it saves. */
const ROWS_WITHOUT_PACKING: i32 = 12;
/** The panel in use. */
const panel: usize = memory.data(CHUNK * 8 * 4, 64);

/** One instruction; the words are explained in encode.ts. */
export function multiply(pc: usize, isRightTransposed: bool): void {
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

  const chunks = (depth + CHUNK - 1) / CHUNK;
  const chunk = (depth + chunks - 1) / chunks;
  const isPacked = isRightTransposed || rows > ROWS_WITHOUT_PACKING;
  for (let k = 0; k < depth; k += chunk) {
    const terms = min(chunk, depth - k);
    const addend = k == 0 ? bias : output;
    const addendStride = k == 0 ? 0 : outputStride;
    const leftChunk = left + usize(k) * leftTerm;
    for (let j = 0; j < columns; j += 8) {
      const isNarrow = columns - j <= 4;
      let source = right + (isRightTransposed ? usize(j) * rightStride + usize(k << 2) : usize(k) * rightStride + usize(j << 2));
      let step = rightStride;
      if (isPacked) {
        if (isRightTransposed) packTransposed(source, rightStride, min(columns - j, 8), terms);
        else packRows(source, rightStride, isNarrow, terms);
        source = panel;
        step = isNarrow ? 16 : 32;
      }
      const at = usize(j << 2);
      let a = leftChunk;
      let out = output + at;
      let add = addend == 0 ? 0 : addend + at;
      if (isNarrow) {
        for (let i = rows; i > 0; i -= 4) {
          tile4x4(a, leftRow, leftTerm, source, step, terms, out, outputStride, add, addendStride, i);
          a += leftRow << 2;
          out += outputStride << 2;
          if (add != 0) add += addendStride << 2;
        }
      } else {
        for (let i = rows; i > 0; i -= 4) {
          if (i == 1) tile1x8(a, leftTerm, source, step, terms, out, add);
          else tile4x8(a, leftRow, leftTerm, source, step, terms, out, outputStride, add, addendStride, i);
          a += leftRow << 2;
          out += outputStride << 2;
          if (add != 0) add += addendStride << 2;
        }
      }
    }
  }
}

/** Copies rows of 8 (or 4) floats into the panel. */
function packRows(source: usize, stride: usize, isNarrow: bool, terms: i32): void {
  let to = panel;
  if (isNarrow) {
    do {
      v128.store(to, v128.load(source));
      source += stride;
      to += 16;
    } while (--terms);
  } else {
    do {
      v128.store(to, v128.load(source));
      v128.store(to, v128.load(source, 16), 16);
      source += stride;
      to += 32;
    } while (--terms);
  }
}

/** Fills the panel from `count` rows of the transposed operand; what lacks to 4 or 8 repeats the last row. */
function packTransposed(source: usize, stride: usize, count: i32, terms: i32): void {
  const step: usize = count <= 4 ? 16 : 32;
  packFour(source, stride, min(count, 4), terms, panel, step);
  if (count > 4) packFour(source + (stride << 2), stride, count - 4, terms, panel + 16, step);
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

/** 4 × 8 results; of fewer rows (`rows` < 4) the last is computed again and not stored. */
function tile4x8(
  a0: usize, rowStep: usize, termStep: usize, b: usize, step: usize, terms: i32,
  out: usize, outStride: usize, addend: usize, addendStride: usize, rows: i32,
): void {
  let a1 = a0 + rowStep;
  let a2 = rows > 2 ? a1 + rowStep : a1;
  let a3 = rows > 3 ? a2 + rowStep : a2;
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  let c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0);
  let c31 = f32x4.splat(0);
  do {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let x = v128.load32_splat(a0);
    c00 = f32x4.add(c00, f32x4.mul(x, b0));
    c01 = f32x4.add(c01, f32x4.mul(x, b1));
    x = v128.load32_splat(a1);
    c10 = f32x4.add(c10, f32x4.mul(x, b0));
    c11 = f32x4.add(c11, f32x4.mul(x, b1));
    x = v128.load32_splat(a2);
    c20 = f32x4.add(c20, f32x4.mul(x, b0));
    c21 = f32x4.add(c21, f32x4.mul(x, b1));
    x = v128.load32_splat(a3);
    c30 = f32x4.add(c30, f32x4.mul(x, b0));
    c31 = f32x4.add(c31, f32x4.mul(x, b1));
    a0 += termStep;
    a1 += termStep;
    a2 += termStep;
    a3 += termStep;
    b += step;
  } while (--terms);
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

/** 4 × 4 results, for the last columns; as `tile4x8`, but `rows` may be 1. */
function tile4x4(
  a0: usize, rowStep: usize, termStep: usize, b: usize, step: usize, terms: i32,
  out: usize, outStride: usize, addend: usize, addendStride: usize, rows: i32,
): void {
  let a1 = rows > 1 ? a0 + rowStep : a0;
  let a2 = rows > 2 ? a1 + rowStep : a1;
  let a3 = rows > 3 ? a2 + rowStep : a2;
  let c0 = f32x4.splat(0);
  let c1 = f32x4.splat(0);
  let c2 = f32x4.splat(0);
  let c3 = f32x4.splat(0);
  do {
    const b0 = v128.load(b);
    c0 = f32x4.add(c0, f32x4.mul(v128.load32_splat(a0), b0));
    c1 = f32x4.add(c1, f32x4.mul(v128.load32_splat(a1), b0));
    c2 = f32x4.add(c2, f32x4.mul(v128.load32_splat(a2), b0));
    c3 = f32x4.add(c3, f32x4.mul(v128.load32_splat(a3), b0));
    a0 += termStep;
    a1 += termStep;
    a2 += termStep;
    a3 += termStep;
    b += step;
  } while (--terms);
  if (addend != 0) {
    c0 = f32x4.add(v128.load(addend), c0);
    addend += addendStride;
  }
  v128.store(out, c0);
  if (rows < 2) return;
  if (addend != 0) {
    c1 = f32x4.add(v128.load(addend), c1);
    addend += addendStride;
  }
  v128.store(out + outStride, c1);
  if (rows < 3) return;
  if (addend != 0) {
    c2 = f32x4.add(v128.load(addend), c2);
    addend += addendStride;
  }
  v128.store(out + outStride * 2, c2);
  if (rows < 4) return;
  if (addend != 0) c3 = f32x4.add(v128.load(addend), c3);
  v128.store(out + outStride * 3, c3);
}

/** One row of 8. */
function tile1x8(a: usize, termStep: usize, b: usize, step: usize, terms: i32, out: usize, addend: usize): void {
  let c0 = f32x4.splat(0);
  let c1 = f32x4.splat(0);
  do {
    const x = v128.load32_splat(a);
    c0 = f32x4.add(c0, f32x4.mul(x, v128.load(b)));
    c1 = f32x4.add(c1, f32x4.mul(x, v128.load(b, 16)));
    a += termStep;
    b += step;
  } while (--terms);
  if (addend != 0) storeSum(out, addend, c0, c1);
  else store8(out, c0, c1);
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
  v128.store(out, f32x4.add(v128.load(addend), c0));
  v128.store(out, f32x4.add(v128.load(addend, 16), c1), 16);
}
