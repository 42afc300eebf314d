import { spend } from "../budget.ts";

/**
 * The field of integers modulo the Mersenne prime 2^61 − 1: two different polynomials of degree d agree at a random point
 * with probability d/2^61.
 */
export const prime: bigint = 2n ** 61n - 1n;

/** The element that a whole number stands for. */
export function modulo(value: bigint): bigint {
  const rest = value % prime;
  return rest < 0n ? rest + prime : rest;
}

/** base^exponent for an exponent from 0 up. */
export function modularPower(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  // Two products for each bit of the exponent.
  spend(2 * exponent.toString(2).length);
  let square = modulo(base);
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if ((rest & 1n) === 1n) result = modulo(result * square);
    square = modulo(square * square);
  }
  return result;
}

/** The element of a decimal number as it was written, of any size: 10^-300 is 1/10^300. Null when it is not finite. */
export function modularNumber(value: number): bigint | null {
  const [mantissa = "", exponentText = "0"] = String(value).split("e");
  const [whole = "", decimals = ""] = mantissa.split(".");
  if (!/^-?[0-9]+$/.test(whole)) return null;
  const exponent = Number(exponentText) - decimals.length;
  const scale = modularPower(10n, BigInt(Math.abs(exponent)));
  const digits = BigInt(whole + decimals);
  return exponent < 0 ? modularQuotient(digits, scale) : modulo(digits * scale);
}

/** above/below, by Fermat: below^(prime−2) is its inverse. Null when below is 0. */
export function modularQuotient(above: bigint, below: bigint): bigint | null {
  const divisor = modulo(below);
  return divisor === 0n ? null : modulo(modulo(above) * modularPower(divisor, prime - 2n));
}
