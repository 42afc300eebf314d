import { numberIn } from "./cell.ts";

/** The sign between whole and fraction: a file has one. The other one of the two groups digits: 1,037 or 1.037. */
export type DecimalSign = "." | ",";

/** A number with a word or sign around it: `$1,137`, `37 kg`, `12 %`. */
export interface Affixed {
  /** Without spaces; a minus sign is part of `number`. */
  readonly prefix: string;
  readonly number: string;
  readonly suffix: string;
}

/** Signs that group digits whatever the decimal sign: apostrophes and spaces that do not break. */
const GROUPING = "'’\u00A0\u2009\u202F ";
/** What computers and typesetters write for a minus. */
const MINUS = /^[-\u2212\u2012\u2013\uFE63\uFF0D]/;

const grouped: Readonly<Record<DecimalSign, RegExp>> = {
  ".": new RegExp(
    `^(\\d{1,3}(?:([,${GROUPING}])\\d{3})(?:\\2\\d{3})*|\\d{1,2}(?:,\\d{2})+,\\d{3}|\\d+)?(?:\\.(\\d*))?(e[+-]?\\d+)?$`,
    "i",
  ),
  ",": new RegExp(`^(\\d{1,3}(?:([.${GROUPING}])\\d{3})(?:\\2\\d{3})*|\\d+)?(?:,(\\d*))?(e[+-]?\\d+)?$`, "i"),
};

/** A number in parentheses, as bookkeepers write one below zero. */
const BOOKED = /^\((.*)\)$/;

/**
 * The number a cell holds where `decimal` is the decimal sign, or NaN for other text. Digits may be grouped by threes
 * (1,037.5 or 1.037,5 or 1 037 or 1'037, and as in India 12,34,567); the minus may be typographic (U+2212), or
 * parentheses: (1,037) is −1037.
 */
export function numberAs(text: string, decimal: DecimalSign): number {
  if (decimal === "." || !text.includes(".")) {
    const plain = numberIn(text);
    if (!Number.isNaN(plain)) return plain;
  }
  const first = text.charCodeAt(0);
  // Words are the usual case here, and start with a letter.
  if ((first >= 65 && first <= 122) || text.length > 40) return Number.NaN;
  return spelledNumber(text.trim(), decimal);
}

function spelledNumber(text: string, decimal: DecimalSign): number {
  const booked = BOOKED.exec(text)?.[1]?.trim();
  if (booked !== undefined) return /^[\d.,]/.test(booked) ? -spelledNumber(booked, decimal) : Number.NaN;
  const isNegative = MINUS.test(text);
  const unsigned = isNegative || text.startsWith("+") ? text.slice(1).trimStart() : text;
  const match = grouped[decimal].exec(unsigned);
  if (match === null) return Number.NaN;
  const [, whole = "", groupSign, fraction = "", exponent = ""] = match;
  if (whole === "" && fraction === "") return Number.NaN;
  const isGrouped = groupSign !== undefined || /\D/.test(whole);
  // 0,123 or 012.345 group nothing.
  if (isGrouped && whole.startsWith("0")) return Number.NaN;
  const value = Number(`${whole.replace(/\D/g, "") || "0"}.${fraction || "0"}${exponent}`);
  return isNegative ? -value : value;
}

/** True for a text that is a number with one decimal sign or the other. */
export function isNumberLike(text: string): boolean {
  return !Number.isNaN(numberAs(text, ".")) || !Number.isNaN(numberAs(text, ","));
}

const AROUND =
  /^([^\d]*?)((?:[.,]\d|\d)(?:[\d.,'’\u00A0\u2009\u202F ]*\d)?(?:[eE][+-]?\d+(?!\w))?)(\s*(?:[cdkm]?m[23]|[^\d]*))$/;

/** Takes apart a number and the words or signs around it; null where there are none, or more than a number. */
export function splitAffix(text: string): Affixed | null {
  if (text.length > 40 || !/\d/.test(text)) return null;
  const match = AROUND.exec(text.trim());
  if (match === null || match[2] === undefined || match[2] === "") return null;
  let [prefix, suffix] = [(match[1] ?? "").trim(), (match[3] ?? "").trim()];
  let isNegative = false;
  if (prefix.startsWith("(") && suffix.endsWith(")")) {
    // Bookkeepers write −5 so.
    [prefix, suffix, isNegative] = [prefix.slice(1).trim(), suffix.slice(0, -1).trim(), true];
  } else if (MINUS.test(prefix) || MINUS.test(prefix.at(-1) ?? "")) {
    isNegative = true;
    prefix = (MINUS.test(prefix) ? prefix.slice(1) : prefix.slice(0, -1)).trim();
  } else if (prefix.startsWith("+") || prefix.endsWith("+")) {
    prefix = prefix.replace("+", "").trim();
  }
  if (prefix === "" && suffix === "" && !text.includes("(")) return null;
  // 10.01. is a day and a month; 5'11" are feet and inches.
  if (/^[.,]/.test(suffix) || !isNumberLike(match[2])) return null;
  if (/[<>≤≥~≈:/\\#]/.test(prefix) || !/^[\p{L}\p{Sc}%‰°µ²³/·.$"'’“” 23]*$/u.test(suffix)) return null;
  return { prefix, number: `${isNegative ? "-" : ""}${match[2].trim()}`, suffix };
}

const CURRENCIES =
  "USD|EUR|GBP|CHF|JPY|CNY|INR|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|BRL|RUB|TRY|KRW|ZAR|MXN|Rs\\.?|Fr\\.?|kr\\.?|zł";
const UNITS =
  "k|K|M|bn|mg|g|kg|t|lbs?|oz|nm|µm|mm|cm|dm|m|km|in|ft|yd|mi|miles|ml|mL|cl|dl|l|L|gal|cc|CC|[cdkm]?m[²³23]|ha|" +
  "ns|µs|ms|s|secs?|min|mins|h|hrs?|hours?|d|days?|wks?|weeks?|months?|yrs?|years?|y|" +
  "°|°C|°F|K|mph|kph|km/h|m/s|kmpl|mpg|hp|bhp|PS|Nm|W|kW|MW|kWh|MWh|J|kJ|MJ|cal|kcal|V|kV|mV|A|mA|Hz|kHz|MHz|GHz|" +
  "Pa|hPa|kPa|MPa|bar|mbar|psi|atm|ppm|ppb|dB|px|pt|B|KB|kB|MB|GB|TB|rpm|lux|lm|mol|pH|mmHg|bpm|pcs|x|%|‰|percent";
const PREFIX = new RegExp(`^(?:['"’‘“”]|(?:US|A|C|CA|AU|HK|NZ|S|R|Mex)?\\p{Sc}|${CURRENCIES})?$`, "u");
const SUFFIX = new RegExp(`^(?:['"’‘“”]|\\p{Sc}|${CURRENCIES}|(?:${UNITS})\\.?)?$`, "u");

/** True for what is known to stand beside amounts: signs of currencies, units, %. `A0001` has no such. */
export function isUsualAffix({ prefix, suffix }: Pick<Affixed, "prefix" | "suffix">): boolean {
  return PREFIX.test(prefix) && SUFFIX.test(suffix);
}

/** `12.5*`, `1234 (p)`, `250,00-`: a number with a mark behind it, which may be a footnote, a flag or a sign. */
export function isMarked(text: string): boolean {
  const match = /^\s*([\d.,'’ ]*\d)\s*(?:[-*†‡§#?!+^]{1,3}|\[\w{1,4}\]|\(\w{1,4}\))\s*$/.exec(
    text.length < 40 ? text : "",
  );
  return match?.[1] !== undefined && isNumberLike(match[1]);
}

/** `<0.5`, `>= 100`, `~3`: a bound, not an amount. */
export function isBound(text: string): boolean {
  return text.length < 40 && /^\s*[<>≤≥~≈]\s*=?\s*[\d.,]/.test(text);
}
