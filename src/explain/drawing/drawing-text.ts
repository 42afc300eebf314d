import { coordinate, html, type Html } from "../../page/index.ts";

/** Text in a drawing. */
export interface TextOptions {
  /** Classes of `drawingStyle`. */
  readonly style?: string;
  /** Which point of the text stands at x. Default "start". */
  readonly anchor?: "start" | "middle" | "end";
}

/** A line of text with its baseline at y. */
export function text(x: number, y: number, content: string, { style = "", anchor = "start" }: TextOptions = {}): Html {
  const look = style === "" ? null : html` class="${style}"`;
  const place = anchor === "start" ? null : html` text-anchor="${anchor}"`;
  return html`<text x="${coordinate(x)}" y="${coordinate(y)}"${look}${place}>${content}</text>`;
}

/** A number for a narrow place: three significant digits, `−1.2e−5` where it is very small or large. */
export function shortNumber(value: number, digits = 3): string {
  if (value === 0) return "0";
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  const isPlain = size >= 0.00095 && size < 9999.5;
  const number = isPlain ? String(Number(size.toPrecision(digits))) : shortExponent(size, digits);
  return value < 0 ? `−${number}` : number;
}

function shortExponent(size: number, digits: number): string {
  const [mantissa = "", exponent = "0"] = size.toExponential(Math.max(0, digits - 2)).split("e");
  return `${Number(mantissa)}e${exponent.replace("+", "").replace("-", "−")}`;
}

/** The largest magnitude; 1 where all are 0, so that one can divide by it. Those that are not finite do not count. */
export function largestMagnitude(values: readonly number[]): number {
  return values.reduce((most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most), 0) || 1;
}

/** A magnitude beside the largest, from 0 to 1; of what is infinite, 1. */
export function shareOf(value: number, largest: number): number {
  return Number.isNaN(value) ? 0 : Math.min(1, Math.abs(value) / largest);
}

/** A text of at most so many characters. */
export function cut(content: string, most: number): string {
  const characters = Array.from(content);
  return characters.length <= most ? content : `${characters.slice(0, most - 1).join("")}…`;
}
