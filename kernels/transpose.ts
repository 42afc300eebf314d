/** One instruction: output[j, i] = input[i, j], in blocks of 4 × 4; the last ones write into the padding. */
export function transpose(pc: usize): void {
  const rows = load<i32>(pc, 8);
  const columns = load<i32>(pc, 12);
  const input = load<usize>(pc, 16);
  const inputStride = load<usize>(pc, 20);
  const output = load<usize>(pc, 24);
  const outputStride = load<usize>(pc, 28);
  for (let i = 0; i < rows; i += 4) {
    const s0 = input + usize(i) * inputStride;
    // Rows beyond the last would lie outside the matrix: the last one is read again.
    const s1 = i + 1 < rows ? s0 + inputStride : s0;
    const s2 = i + 2 < rows ? s1 + inputStride : s1;
    const s3 = i + 3 < rows ? s2 + inputStride : s2;
    for (let j = 0; j < columns; j += 4) {
      const at = usize(j << 2);
      const to = output + usize(j) * outputStride + usize(i << 2);
      const v0 = v128.load(s0 + at);
      const v1 = v128.load(s1 + at);
      const v2 = v128.load(s2 + at);
      const v3 = v128.load(s3 + at);
      if (columns - j >= 4) transposeTo(to, outputStride, v0, v1, v2, v3);
      else transposePart(to, outputStride, v0, v1, v2, v3, columns - j);
    }
  }
}

/** Writes the 4 × 4 block with the rows v0 … v3 as its columns. */
// @ts-ignore: decorator
@inline
export function transposeTo(to: usize, stride: usize, v0: v128, v1: v128, v2: v128, v3: v128): void {
  const low01 = v128.shuffle<f32>(v0, v1, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(v0, v1, 2, 6, 3, 7);
  const low23 = v128.shuffle<f32>(v2, v3, 0, 4, 1, 5);
  const high23 = v128.shuffle<f32>(v2, v3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
  v128.store(to + stride, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7));
  v128.store(to + stride * 2, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5));
  v128.store(to + stride * 3, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7));
}

/** The first `count` (1 to 3) rows of the transposed block. */
function transposePart(to: usize, stride: usize, v0: v128, v1: v128, v2: v128, v3: v128, count: i32): void {
  const low01 = v128.shuffle<f32>(v0, v1, 0, 4, 1, 5);
  const low23 = v128.shuffle<f32>(v2, v3, 0, 4, 1, 5);
  v128.store(to, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
  if (count > 1) v128.store(to + stride, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7));
  if (count > 2) {
    const high01 = v128.shuffle<f32>(v0, v1, 2, 6, 3, 7);
    const high23 = v128.shuffle<f32>(v2, v3, 2, 6, 3, 7);
    v128.store(to + stride * 2, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5));
  }
}
