import { bundledSheets } from "../exercise/bundled-sheets.ts";
import type { OperandDefinition, OptionDefinition } from "./definition.ts";

/** The operand of commands that take a sheet. It may be left out, to be told which there are. */
export const sheetOperand: OperandDefinition = {
  name: "SHEET",
  description: `Sheet's file (docs/sheets.md), or bundled: ${bundledSheets.map(({ name }) => name).join(", ")}`,
  isOptional: true,
};

/** The option of commands that take a sheet. */
export const sheetSeedOption: OptionDefinition = {
  name: "seed",
  value: "NUMBER",
  description: "Decides the numbers that are drawn for ranges",
  default: "1",
};
