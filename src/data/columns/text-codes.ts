import { type GrowingCodes, growingCodes } from "./growing.ts";
import { missingCode } from "../table.ts";

/** The texts of a column as codes, as long as there are not too many different ones. */
export interface TextCodes {
  /** The different texts in the order of their first cells. */
  readonly names: readonly string[];
  /** Adds a cell; null for one without a value. False, and nothing added, when there would be too many different texts. */
  add(text: string | null, most: number): boolean;
  /** One code per cell. */
  finish(): Uint16Array;
}

/** The text a category goes by: without the spaces around it, its accents composed (Unicode NFC). */
export function categoryText(text: string): string {
  return text.trim().normalize("NFC");
}

/** An empty list of cells. */
export function textCodes(): TextCodes {
  const names: string[] = [];
  const codes: GrowingCodes = growingCodes();
  // As written: looked up for every cell, and only made a name of for the first.
  const ofCell = new Map<string, number>();
  const ofName = new Map<string, number>();
  return {
    names,
    add(text, most) {
      if (text === null) {
        codes.push(missingCode);
        return true;
      }
      let code = ofCell.get(text);
      if (code === undefined) {
        const name = copied(categoryText(text));
        code = ofName.get(name);
        if (code === undefined) {
          if (names.length >= most) return false;
          code = names.length;
          names.push(name);
          ofName.set(name, code);
        }
        // One name may be written in many ways, by spaces.
        if (ofCell.size < 4 * most) ofCell.set(copied(text), code);
      }
      codes.push(code);
      return true;
    },
    finish: () => codes.finish(),
  };
}

/** A string of its own: a long cell is a window on the piece it was cut from, and would keep all of that alive. */
function copied(text: string): string {
  // Engines store strings of up to 12 characters by themselves.
  return text.length <= 12 ? text : structuredClone(text);
}
