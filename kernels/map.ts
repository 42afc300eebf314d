// The elementwise interpreter. A map's formulas come as operations on vectors (see compile-map.ts); each runs over a
// tile of a few hundred floats, which stays in the first-level cache from operation to operation, so that reading an
// operation costs little beside carrying it out.
import { circular } from "./circular";
import { erf, exp, expm1, log, log1p, sigmoid, sign, tanh } from "./elementary";
import * as code from "./opcodes";
import { power } from "./power";

/** Bytes of an operation: code, d, a, b, c, e. */
const OPERATION: usize = 24;

/** One instruction; the words are explained in encode.ts. */
export function map(pc: usize): void {
  const rows = load<i32>(pc, 8);
  if (rows == 0) return; // a thread's part of a batch that ends before it
  const width = load<i32>(pc, 12) << 2; // bytes
  const tiling = load<i32>(pc, 16);
  const tile = load<i32>(pc, 20); // bytes, or rows
  const scalars = load<i32>(pc, 24);
  const repeated = load<i32>(pc, 28);
  const columns = load<i32>(pc, 32);
  const uniform = load<i32>(pc, 36);
  const operations = load<i32>(pc, 40);
  let at = pc + 44;

  for (const end = at + usize(scalars << 3); at < end; at += 8) {
    v128.store(load<usize>(at, 4), v128.load32_splat(load<usize>(at)));
  }
  for (const end = at + usize(repeated << 3); at < end; at += 8) {
    let to = load<usize>(at, 4);
    const from = load<usize>(at);
    for (let i = min(tile, rows); i > 0; --i) {
      copyRow(to, from, width);
      to += width;
    }
  }
  const columnList = at;
  at += usize(columns << 3);
  const first = at + usize(uniform) * OPERATION;
  const end = first + usize(operations) * OPERATION;
  if (uniform > 0) execute(at, first, 0, 0, 16);

  if (tiling == code.TILES_FLAT) {
    let position = 0;
    let rest = rows * width;
    do {
      const bytes = min(rest, tile);
      execute(first, end, position, position, bytes);
      position += bytes;
      rest -= bytes;
    } while (rest > 0);
  } else if (tiling == code.TILES_IN_ROW) {
    for (let i = 0; i < rows; ++i) {
      for (let c = columnList; c < at; c += 8) {
        v128.store(load<usize>(c, 4), v128.load32_splat(load<usize>(c) + usize(i << 2)));
      }
      let column = 0;
      do {
        execute(first, end, i * width + column, column, min(width - column, tile));
        column += tile;
      } while (column < width);
    }
  } else {
    for (let i = 0; i < rows; i += tile) {
      const count = min(tile, rows - i);
      for (let c = columnList; c < at; c += 8) {
        spread(load<usize>(c, 4), load<usize>(c) + usize(i << 2), count, width);
      }
      execute(first, end, i * width, 0, count * width);
    }
  }
}

function copyRow(to: usize, from: usize, bytes: i32): void {
  do {
    v128.store(to, v128.load(from));
    to += 16;
    from += 16;
    bytes -= 16;
  } while (bytes > 0);
}

/** Fills `count` rows with a number each. */
function spread(to: usize, from: usize, count: i32, width: i32): void {
  do {
    const value = v128.load32_splat(from);
    let bytes = width;
    do {
      v128.store(to, value);
      to += 16;
      bytes -= 16;
    } while (bytes > 0);
    from += 4;
  } while (--count);
}

/** Address of an operand in this tile: see the kinds in opcodes.ts. */
// @ts-ignore: decorator
@inline
function addressOf(word: usize, position: i32, column: i32): usize {
  const kind = word & 3;
  return (word & ~3) + select<usize>(usize(position), select<usize>(usize(column), 0, kind == code.MOVING_IN_ROW), kind == code.MOVING);
}

/** Bytes from vector to vector. */
// @ts-ignore: decorator
@inline
function stepOf(word: usize): usize {
  return select<usize>(16, 0, (word & 3) != code.UNIFORM);
}

/** Runs operations over one tile. */
function execute(pc: usize, end: usize, position: i32, column: i32, bytes: i32): void {
  do {
    const d = addressOf(load<usize>(pc, 4), position, column);
    const a = addressOf(load<usize>(pc, 8), position, column);
    const sa = stepOf(load<usize>(pc, 8));
    const b = addressOf(load<usize>(pc, 12), position, column);
    const sb = stepOf(load<usize>(pc, 12));
    switch (load<i32>(pc)) {
      case code.COPY: unary(code.COPY, d, a, sa, bytes); break;
      case code.NEGATE: unary(code.NEGATE, d, a, sa, bytes); break;
      case code.EXP: unary(code.EXP, d, a, sa, bytes); break;
      case code.EXPM1: unary(code.EXPM1, d, a, sa, bytes); break;
      case code.LOG: unary(code.LOG, d, a, sa, bytes); break;
      case code.LOG1P: unary(code.LOG1P, d, a, sa, bytes); break;
      case code.SQRT: unary(code.SQRT, d, a, sa, bytes); break;
      case code.ABS: unary(code.ABS, d, a, sa, bytes); break;
      case code.SIGN: unary(code.SIGN, d, a, sa, bytes); break;
      case code.SIN: unary(code.SIN, d, a, sa, bytes); break;
      case code.COS: unary(code.COS, d, a, sa, bytes); break;
      case code.TANH: unary(code.TANH, d, a, sa, bytes); break;
      case code.SIGMOID: unary(code.SIGMOID, d, a, sa, bytes); break;
      case code.ERF: unary(code.ERF, d, a, sa, bytes); break;
      case code.RELU: unary(code.RELU, d, a, sa, bytes); break;
      case code.SQUARE: unary(code.SQUARE, d, a, sa, bytes); break;
      case code.ADD: binary(code.ADD, d, a, sa, b, sb, bytes); break;
      case code.SUBTRACT: binary(code.SUBTRACT, d, a, sa, b, sb, bytes); break;
      case code.MULTIPLIED: binary(code.MULTIPLIED, d, a, sa, b, sb, bytes); break;
      case code.DIVIDE: binary(code.DIVIDE, d, a, sa, b, sb, bytes); break;
      case code.POWER: binary(code.POWER, d, a, sa, b, sb, bytes); break;
      case code.LESS: binary(code.LESS, d, a, sa, b, sb, bytes); break;
      case code.LESS_EQUAL: binary(code.LESS_EQUAL, d, a, sa, b, sb, bytes); break;
      case code.EQUAL: binary(code.EQUAL, d, a, sa, b, sb, bytes); break;
      case code.NOT_EQUAL: binary(code.NOT_EQUAL, d, a, sa, b, sb, bytes); break;
      case code.MIN: binary(code.MIN, d, a, sa, b, sb, bytes); break;
      case code.MAX: binary(code.MAX, d, a, sa, b, sb, bytes); break;
      case code.LOGISTIC_SLOPE: binary(code.LOGISTIC_SLOPE, d, a, sa, b, sb, bytes); break;
      default: executeWide(pc, position, column, bytes, d, a, sa, b, sb);
    }
    pc += OPERATION;
  } while (pc < end);
}

/** The operations with three or four operands. */
function executeWide(pc: usize, position: i32, column: i32, bytes: i32, d: usize, a: usize, sa: usize, b: usize, sb: usize): void {
  const c = addressOf(load<usize>(pc, 16), position, column);
  const sc = stepOf(load<usize>(pc, 16));
  const e = addressOf(load<usize>(pc, 20), position, column);
  const se = stepOf(load<usize>(pc, 20));
  switch (load<i32>(pc)) {
    case code.SELECT: ternary(code.SELECT, d, a, sa, b, sb, c, sc, bytes); break;
    case code.MULTIPLY_ADD: ternary(code.MULTIPLY_ADD, d, a, sa, b, sb, c, sc, bytes); break;
    case code.MULTIPLY_SUBTRACT: ternary(code.MULTIPLY_SUBTRACT, d, a, sa, b, sb, c, sc, bytes); break;
    case code.SUBTRACT_PRODUCT: ternary(code.SUBTRACT_PRODUCT, d, a, sa, b, sb, c, sc, bytes); break;
    case code.SUM_OF_PRODUCTS: quaternary(code.SUM_OF_PRODUCTS, d, a, sa, b, sb, c, sc, e, se, bytes); break;
    case code.SELECT_LESS: quaternary(code.SELECT_LESS, d, a, sa, b, sb, c, sc, e, se, bytes); break;
    case code.SELECT_LESS_EQUAL: quaternary(code.SELECT_LESS_EQUAL, d, a, sa, b, sb, c, sc, e, se, bytes); break;
    case code.SELECT_EQUAL: quaternary(code.SELECT_EQUAL, d, a, sa, b, sb, c, sc, e, se, bytes); break;
    default: unreachable();
  }
}

// In the four loops below `op` is always a literal, and the calls are inlined: each loop holds one operation.

// @ts-ignore: decorator
@inline
function unary(op: i32, d: usize, a: usize, sa: usize, bytes: i32): void {
  do {
    v128.store(d, unaryValue(op, v128.load(a)));
    a += sa;
    d += 16;
    bytes -= 16;
  } while (bytes > 0);
}

// @ts-ignore: decorator
@inline
function unaryValue(op: i32, a: v128): v128 {
  if (op == code.NEGATE) return f32x4.neg(a);
  if (op == code.EXP) return exp(a);
  if (op == code.EXPM1) return expm1(a);
  if (op == code.LOG) return log(a);
  if (op == code.LOG1P) return log1p(a);
  if (op == code.SQRT) return f32x4.sqrt(a);
  if (op == code.ABS) return f32x4.abs(a);
  if (op == code.SIGN) return sign(a);
  if (op == code.SIN) return circular(a, 0);
  if (op == code.COS) return circular(a, 1);
  if (op == code.TANH) return tanh(a);
  if (op == code.SIGMOID) return sigmoid(a);
  if (op == code.ERF) return erf(a);
  if (op == code.RELU) return v128.andnot(a, f32x4.le(a, f32x4.splat(0))); // NaN ≤ 0 is false: NaN stays
  if (op == code.SQUARE) return f32x4.mul(a, a);
  return a;
}

// @ts-ignore: decorator
@inline
function binary(op: i32, d: usize, a: usize, sa: usize, b: usize, sb: usize, bytes: i32): void {
  do {
    v128.store(d, binaryValue(op, v128.load(a), v128.load(b)));
    a += sa;
    b += sb;
    d += 16;
    bytes -= 16;
  } while (bytes > 0);
}

// @ts-ignore: decorator
@inline
function binaryValue(op: i32, a: v128, b: v128): v128 {
  const one = f32x4.splat(1);
  if (op == code.ADD) return f32x4.add(a, b);
  if (op == code.SUBTRACT) return f32x4.sub(a, b);
  if (op == code.MULTIPLIED) return f32x4.mul(a, b);
  if (op == code.DIVIDE) return f32x4.div(a, b);
  if (op == code.POWER) return power(a, b);
  if (op == code.LESS) return v128.and(f32x4.lt(a, b), one);
  if (op == code.LESS_EQUAL) return v128.and(f32x4.le(a, b), one);
  if (op == code.EQUAL) return v128.and(f32x4.eq(a, b), one);
  if (op == code.NOT_EQUAL) return v128.and(f32x4.ne(a, b), one);
  if (op == code.MIN) return f32x4.min(a, b);
  if (op == code.MAX) return f32x4.max(a, b);
  return f32x4.mul(f32x4.mul(a, f32x4.sub(one, a)), b); // LOGISTIC_SLOPE
}

// @ts-ignore: decorator
@inline
function ternary(op: i32, d: usize, a: usize, sa: usize, b: usize, sb: usize, c: usize, sc: usize, bytes: i32): void {
  do {
    v128.store(d, ternaryValue(op, v128.load(a), v128.load(b), v128.load(c)));
    a += sa;
    b += sb;
    c += sc;
    d += 16;
    bytes -= 16;
  } while (bytes > 0);
}

// @ts-ignore: decorator
@inline
function ternaryValue(op: i32, a: v128, b: v128, c: v128): v128 {
  if (op == code.SELECT) return v128.bitselect(b, c, f32x4.ne(a, f32x4.splat(0)));
  if (op == code.MULTIPLY_ADD) return f32x4.add(f32x4.mul(a, b), c);
  if (op == code.MULTIPLY_SUBTRACT) return f32x4.sub(f32x4.mul(a, b), c);
  return f32x4.sub(c, f32x4.mul(a, b)); // SUBTRACT_PRODUCT
}

// @ts-ignore: decorator
@inline
function quaternary(
  op: i32, d: usize, a: usize, sa: usize, b: usize, sb: usize, c: usize, sc: usize, e: usize, se: usize, bytes: i32,
): void {
  do {
    v128.store(d, quaternaryValue(op, v128.load(a), v128.load(b), v128.load(c), v128.load(e)));
    a += sa;
    b += sb;
    c += sc;
    e += se;
    d += 16;
    bytes -= 16;
  } while (bytes > 0);
}

// @ts-ignore: decorator
@inline
function quaternaryValue(op: i32, a: v128, b: v128, c: v128, e: v128): v128 {
  if (op == code.SUM_OF_PRODUCTS) return f32x4.add(f32x4.mul(a, b), f32x4.mul(c, e));
  if (op == code.SELECT_LESS) return v128.bitselect(c, e, f32x4.lt(a, b));
  if (op == code.SELECT_LESS_EQUAL) return v128.bitselect(c, e, f32x4.le(a, b));
  return v128.bitselect(c, e, f32x4.eq(a, b)); // SELECT_EQUAL
}
