import { basename } from "node:path";
import { bundledSheets, parseSheet, type Sheet } from "../exercise/index.ts";
import { BackpassError, DataError } from "../errors.ts";
import { kindOfPath, readBytes } from "./read-file.ts";

/** Stand-in. */
export interface SheetSubject {
  readonly name: string;
  readonly sheet: Sheet;
}

/** Stand-in. */
export function readSheet(operand: string, seed: number): SheetSubject {
  const bundled = bundledSheets.find(({ name }) => name === operand);
  if (bundled !== undefined) return { name: operand, sheet: parseSheet(bundled.text, { seed }) };
  if (kindOfPath(operand) === "nothing") throw new DataError(`${operand}: expected a sheet, got nothing of that name.`);
  try {
    return {
      name: basename(operand).replace(/\.md$/, ""),
      sheet: parseSheet(new TextDecoder().decode(readBytes(operand)), { seed }),
    };
  } catch (error) {
    if (error instanceof BackpassError && error.code === "sheet") throw new DataError(`${operand}: ${error.message}`);
    throw error;
  }
}
