/**
 * A decimal number, exactly: `units · 10^-decimals`. Numbers are read, drawn, rounded and compared in these where a
 * float64 would lie beside what was written.
 */
export interface Decimal {
  readonly units: bigint;
  /** From 0 up. */
  readonly decimals: number;
}

const pattern = /^([-+−])?(?:([0-9]+)(?:\.([0-9]*))?|\.([0-9]+))(?:[eE]([-+]?[0-9]+))?$/u;

/** Beyond float64 in both directions: what else is written with such exponents is 0, or no number. */
const MOST_PLACES = 1_200;

/** Reads `-1.25`, `.5`, `3e-2`; null for anything else, and for numbers of over 1,200 places. */
export function parseDecimal(text: string): Decimal | null {
  const match = pattern.exec(text.trim());
  if (match === null) return null;
  const [, sign, whole = "", fraction = match[4] ?? "", , exponent = "0"] = match;
  const shift = Number(exponent);
  if (!(Math.abs(shift) + whole.length + fraction.length <= MOST_PLACES)) return null;
  const units = BigInt(whole + fraction) * (sign === "-" || sign === "−" ? -1n : 1n);
  const decimals = fraction.length - shift;
  return decimals >= 0 ? { units, decimals } : { units: units * 10n ** BigInt(-decimals), decimals: 0 };
}

/** The decimal that a finite float64 stands for at so many significant digits. */
export function decimalOf(value: number, significantDigits: number): Decimal {
  return parseDecimal(value.toPrecision(significantDigits)) ?? { units: 0n, decimals: 0 };
}

/** As it is written, with every decimal: `-1.250`. */
export function decimalText({ units, decimals }: Decimal): string {
  const digits = magnitude(units)
    .toString()
    .padStart(decimals + 1, "0");
  const sign = units < 0n ? "-" : "";
  const whole = digits.slice(0, digits.length - decimals);
  return decimals === 0 ? sign + digits : `${sign}${whole}.${digits.slice(digits.length - decimals)}`;
}

/** `|value|` */
export function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** How many units of 10^-decimals it is, when it is a whole number of them, or the nearest whole number toward 0. */
export function unitsAt({ units, decimals }: Decimal, wanted: number): bigint {
  // Division of bigints goes toward 0.
  return wanted >= decimals ? units * 10n ** BigInt(wanted - decimals) : units / 10n ** BigInt(decimals - wanted);
}

/** Cut off after so many decimals. */
export function truncated(value: Decimal, decimals: number): Decimal {
  return { units: unitsAt(value, decimals), decimals };
}

/** The nearest with so many decimals; from halfway between two, the one farther from 0. */
export function rounded(value: Decimal, decimals: number): Decimal {
  if (decimals >= value.decimals) return truncated(value, decimals);
  const divisor = 10n ** BigInt(value.decimals - decimals);
  const size = (2n * magnitude(value.units) + divisor) / (2n * divisor);
  return { units: value.units < 0n ? -size : size, decimals };
}

/** −1, 0 or 1 as `left` is below, equal to or above `right`. */
export function compareDecimals(left: Decimal, right: Decimal): number {
  const { units } = subtractDecimals(left, right);
  return units < 0n ? -1 : units > 0n ? 1 : 0;
}

/** `left − right`, exactly. */
export function subtractDecimals(left: Decimal, right: Decimal): Decimal {
  const decimals = Math.max(left.decimals, right.decimals);
  return { units: unitsAt(left, decimals) - unitsAt(right, decimals), decimals };
}
