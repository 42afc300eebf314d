/** What stands for "not known" in files, in lower case. */
export const missingMarkers: readonly string[] = ["", "na", "n/a", "#n/a", "?", "null", "nan", "-"];

/**
 * The number a cell holds, spaces around it aside, or NaN for any other text. Decimal, with or without exponent; no
 * hexadecimal or binary numbers, which `Number` would take. Too large for a float64, or "Infinity": an infinity.
 */
export function numberIn(text: string): number {
  const value = Number(text);
  // 0 is what `Number` makes of nothing but spaces.
  if (value === 0 && text.trim() === "") return Number.NaN;
  if (Number.isNaN(value)) return infinityIn(text);
  return isRadixLiteral(text) ? Number.NaN : value;
}

/** `0x1f`, `0b10`, `0o7`: more likely the name of something than an amount. */
function isRadixLiteral(text: string): boolean {
  // The first character rules out nearly all numbers: "0" has the code 48, ASCII spaces those up to 32.
  const first = text.charCodeAt(0);
  return (first === 48 || first <= 32 || first > 127) && /^\s*0[xXbBoO]/.test(text);
}

/** "inf" in any case, with or without sign, is how Python and R write infinity. */
function infinityIn(text: string): number {
  if (text.length > 12 || !/^\s*[+-]?inf(inity)?\s*$/i.test(text)) return Number.NaN;
  return text.includes("-") ? -Infinity : Infinity;
}

/**
 * True for a text that is what `String` gives of its number: nothing is lost by keeping the number alone. So are short
 * whole numbers without leading zeros, and fractions that do not end in 0.
 */
export function isShortestText(text: string): boolean {
  const { length } = text;
  if (length > 16) return false;
  let at = text.charCodeAt(0) === 45 ? 1 : 0;
  const first = text.charCodeAt(at);
  if (!isDigit(first)) return false;
  const start = at;
  while (isDigit(text.charCodeAt(at))) at += 1;
  if (first === 48 && at > start + 1) return false;
  // −0 is 0 as text.
  if (at === length) return first !== 48 || start === 0;
  if (text.charCodeAt(at) !== 46 || at + 1 === length) return false;
  const fraction = at + 1;
  at = fraction;
  while (isDigit(text.charCodeAt(at))) at += 1;
  // From 0.0000001 on, `String` writes exponents.
  return at === length && text.charCodeAt(length - 1) !== 48 && !(first === 48 && text.startsWith("00000", fraction));
}

/** 10⁰ … 10¹⁵, each a float64 exactly. */
const POWERS_OF_TEN = Array.from({ length: 16 }, (_, exponent) => 10 ** exponent);

/**
 * The number of a text of which `isShortestText` is true and that has at most 15 digits: most cells of most files. NaN for
 * every other text, numbers among them. In one pass: the digits as a whole number, divided by a power of ten, are both
 * exact in float64, so their quotient is rounded once, as `Number` rounds.
 */
export function shortestNumber(text: string): number {
  const { length } = text;
  if (length > 16) return Number.NaN;
  const start = text.charCodeAt(0) === 45 ? 1 : 0;
  let digits = 0;
  let point = -1;
  for (let at = start; at < length; at++) {
    const code = text.charCodeAt(at);
    if (isDigit(code)) digits = 10 * digits + (code - 48);
    else if (code === 46 && point < 0) point = at;
    else return Number.NaN;
  }
  const whole = (point < 0 ? length : point) - start;
  const fraction = point < 0 ? 0 : length - point - 1;
  // A zero is not written before other digits, nor at the end of a fraction; −0 is 0 as text.
  if (whole < 1 || whole + fraction > 15 || (whole > 1 && text.charCodeAt(start) === 48)) return Number.NaN;
  if (point < 0) return start === 0 ? digits : digits === 0 ? Number.NaN : -digits;
  // Small numbers are left to those who know where `String` begins to write exponents.
  if (fraction < 1 || text.charCodeAt(length - 1) === 48 || (fraction > 5 && text.charCodeAt(start) === 48))
    return Number.NaN;
  const value = digits / (POWERS_OF_TEN[fraction] ?? Number.NaN);
  return start === 0 ? value : -value;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** A cell as an error message shows it: quoted, cut to 40 characters, control characters escaped. */
export function shown(text: string): string {
  const cut = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  return JSON.stringify(cut);
}
