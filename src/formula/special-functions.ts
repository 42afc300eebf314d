/**
 * Functions JavaScript lacks, in float64, for any argument. They are the oracle the engines are tested against, and may
 * use `Math`: no weight of the wasm engine depends on them.
 */

/** 1/(1+e^(-u)), written so that the exponential never overflows. */
export function sigmoid(u: number): number {
  if (u < 0) {
    const small = Math.exp(u);
    return small / (1 + small);
  }
  return 1 / (1 + Math.exp(-u));
}

/** log(1+e^u) = max(u, 0) + log(1+e^(-|u|)), whose exponential is at most 1. */
export function softplus(u: number): number {
  return Math.max(u, 0) + Math.log1p(Math.exp(-Math.abs(u)));
}

/**
 * log(cosh(u)). Away from 0: |u| + log(1+e^(-2|u|)) − log 2. Near 0 those terms cancel; there cosh² = 1/(1−tanh²) gives
 * −½ log(1−tanh(u)²).
 */
export function logcosh(u: number): number {
  const size = Math.abs(u);
  if (size < 1) return -0.5 * Math.log1p(-(Math.tanh(u) ** 2));
  return size + Math.log1p(Math.exp(-2 * size)) - Math.LN2;
}

/** From here on 1 − erf(u) is below half a unit in the last place of 1. */
const erfIsOneFrom = 6;

/**
 * The error function 2/√π ∫₀ᵘ e^(−s²) ds, to about 1e-15.
 *
 * Below 3: the series 2/√π e^(−u²) Σ 2ⁿ u^(2n+1) / (1·3·…·(2n+1)), all of one sign, so nothing cancels
 * (Abramowitz and Stegun 7.1.6). Above: 1 − erfc(u), erfc by its continued fraction (7.1.14); there erfc < 3e-5, so its
 * own error hardly counts.
 */
export function erf(u: number): number {
  const size = Math.abs(u);
  if (size < 3) return erfSeries(u);
  if (size < erfIsOneFrom) return Math.sign(u) * (1 - erfcFraction(size));
  return Math.sign(u);
}

function erfSeries(u: number): number {
  const twiceSquare = 2 * u * u;
  let term = u;
  let sum = u;
  for (let odd = 3; Math.abs(term) > 1e-17 * Math.abs(sum); odd += 2) {
    term *= twiceSquare / odd;
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-u * u) * sum;
}

/** erfc(u) = e^(−u²)/√π · 1/(u + ½/(u + 1/(u + 3⁄2/(u + …)))), from the inside out; 60 levels suffice from u = 3. */
function erfcFraction(u: number): number {
  let tail = u;
  for (let depth = 60; depth >= 1; depth -= 1) tail = u + depth / 2 / tail;
  return Math.exp(-u * u) / Math.sqrt(Math.PI) / tail;
}
