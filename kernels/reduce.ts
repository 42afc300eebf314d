import { MAX_OF, MEAN } from "./opcodes";

// Sums, means and maxima. The order of addition follows from the shape alone. The last vector of a row may hold
// padding, which is anything: those lanes are replaced by what changes nothing (0, or −∞ for a maximum).

// @ts-ignore: decorator
@inline
function combine(isMax: bool, a: v128, b: v128): v128 {
  return isMax ? f32x4.max(a, b) : f32x4.add(a, b);
}

// @ts-ignore: decorator
@inline
function neutral(isMax: bool): v128 {
  return isMax ? f32x4.splat(-Infinity) : f32x4.splat(0);
}

/** All bits set in the first `count` lanes. */
// @ts-ignore: decorator
@inline
function firstLanes(count: i32): v128 {
  return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count));
}

/** Four running results over the vectors of a row, then joined crosswise. */
// @ts-ignore: decorator
@inline
function reduceRow(isMax: bool, at: usize, columns: i32): f32 {
  let r0 = neutral(isMax);
  if (columns >= 16) {
    let r1 = r0;
    let r2 = r0;
    let r3 = r0;
    do {
      r0 = combine(isMax, r0, v128.load(at));
      r1 = combine(isMax, r1, v128.load(at, 16));
      r2 = combine(isMax, r2, v128.load(at, 32));
      r3 = combine(isMax, r3, v128.load(at, 48));
      at += 64;
      columns -= 16;
    } while (columns >= 16);
    r0 = combine(isMax, combine(isMax, r0, r1), combine(isMax, r2, r3));
  }
  while (columns >= 4) {
    r0 = combine(isMax, r0, v128.load(at));
    at += 16;
    columns -= 4;
  }
  if (columns > 0) {
    r0 = combine(isMax, r0, v128.bitselect(v128.load(at), neutral(isMax), firstLanes(columns)));
  }
  r0 = combine(isMax, r0, v128.shuffle<f32>(r0, r0, 2, 3, 0, 1));
  r0 = combine(isMax, r0, v128.shuffle<f32>(r0, r0, 1, 0, 3, 2));
  return f32x4.extract_lane(r0, 0);
}

function sumOfRow(at: usize, columns: i32): f32 {
  return reduceRow(false, at, columns);
}

function maxOfRow(at: usize, columns: i32): f32 {
  return reduceRow(true, at, columns);
}

/** One instruction, along columns: output[i] from row i. */
export function reduceColumns(pc: usize): void {
  const kind = load<i32>(pc, 8);
  const rows = load<i32>(pc, 12);
  const columns = load<i32>(pc, 16);
  let input = load<usize>(pc, 20);
  const stride = load<usize>(pc, 24);
  const output = load<usize>(pc, 28);
  for (let i = 0; i < rows; ++i) {
    let result = kind == MAX_OF ? maxOfRow(input, columns) : sumOfRow(input, columns);
    if (kind == MEAN) result /= f32(columns);
    f32.store(output + usize(i << 2), result);
    input += stride;
  }
}

/** One instruction, over all positions; the sums of the rows are added in float64. */
export function reduceBoth(pc: usize): void {
  const kind = load<i32>(pc, 8);
  const rows = load<i32>(pc, 12);
  const columns = load<i32>(pc, 16);
  let input = load<usize>(pc, 20);
  const stride = load<usize>(pc, 24);
  const output = load<usize>(pc, 28);
  if (kind == MAX_OF) {
    let result: f32 = -Infinity;
    for (let i = 0; i < rows; ++i) {
      result = max<f32>(result, maxOfRow(input, columns));
      input += stride;
    }
    f32.store(output, result);
    return;
  }
  let total: f64 = 0;
  for (let i = 0; i < rows; ++i) {
    total += f64(sumOfRow(input, columns));
    input += stride;
  }
  if (kind == MEAN) total /= f64(rows) * f64(columns);
  f32.store(output, f32(total));
}

/** One instruction, along rows: output[j] from column j, rows in order; padding gives padding. */
export function reduceRows(pc: usize): void {
  const kind = load<i32>(pc, 8);
  const rows = load<i32>(pc, 12);
  const columns = load<i32>(pc, 16);
  const input = load<usize>(pc, 20);
  const stride = load<usize>(pc, 24);
  const output = load<usize>(pc, 28);
  for (let j = 0; j < columns; ) {
    const at = input + usize(j << 2);
    const to = output + usize(j << 2);
    if (columns - j > 12) {
      if (kind == MAX_OF) sixteenColumns(true, at, stride, rows, to, 1);
      else sixteenColumns(false, at, stride, rows, to, kind == MEAN ? f32(rows) : 1);
      j += 16;
    } else {
      if (kind == MAX_OF) fourColumns(true, at, stride, rows, to, 1);
      else fourColumns(false, at, stride, rows, to, kind == MEAN ? f32(rows) : 1);
      j += 4;
    }
  }
}

// @ts-ignore: decorator
@inline
function sixteenColumns(isMax: bool, at: usize, stride: usize, rows: i32, to: usize, divisor: f32): void {
  let r0 = neutral(isMax);
  let r1 = r0;
  let r2 = r0;
  let r3 = r0;
  do {
    r0 = combine(isMax, r0, v128.load(at));
    r1 = combine(isMax, r1, v128.load(at, 16));
    r2 = combine(isMax, r2, v128.load(at, 32));
    r3 = combine(isMax, r3, v128.load(at, 48));
    at += stride;
  } while (--rows);
  const d = f32x4.splat(divisor);
  v128.store(to, f32x4.div(r0, d));
  v128.store(to, f32x4.div(r1, d), 16);
  v128.store(to, f32x4.div(r2, d), 32);
  v128.store(to, f32x4.div(r3, d), 48);
}

// @ts-ignore: decorator
@inline
function fourColumns(isMax: bool, at: usize, stride: usize, rows: i32, to: usize, divisor: f32): void {
  let r0 = neutral(isMax);
  do {
    r0 = combine(isMax, r0, v128.load(at));
    at += stride;
  } while (--rows);
  v128.store(to, f32x4.div(r0, f32x4.splat(divisor)));
}
