import { visibleLine, visibleText } from "../../page/index.ts";

/** A text with codes that command the terminal, all of them this program's: only the functions of this file make one. */
export class StyledText {
  readonly #codes: string;

  constructor(codes: string) {
    this.#codes = codes;
  }

  /** As the terminal takes it. */
  toString(): string {
    return this.#codes;
  }
}

/** What can be written: a text, in which nothing commands the terminal, or one with this program's own codes. */
export type Shown = string | StyledText;

/** A text in a style: SGR codes of ECMA-48, such as 1 (bold), 31 (red), 2;32 (faint green). */
export function styled(code: number | "2;32", text: string): StyledText {
  return new StyledText(`\x1b[${code}m${visibleText(text)}\x1b[0m`);
}

/** Goes back to the start of the line and clears it. */
export const eraseLine: StyledText = new StyledText("\r\x1b[2K");

/** A text of pieces, of which the styled ones keep their style. */
export function joinedText(pieces: readonly Shown[], separator = ""): StyledText {
  return new StyledText(pieces.map(terminalText).join(separator));
}

/** What goes to the terminal: everything that is not seen is written out, but line breaks, tabs and our own codes. */
export function terminalText(text: Shown): string {
  return text instanceof StyledText ? String(text) : visibleText(text);
}

/** The same of a text that shall stay on its line, as prompts do. */
export function terminalLine(text: Shown): string {
  return text instanceof StyledText ? String(text) : visibleLine(text);
}
