import { bundledSheets } from "../../../exercise/bundled-sheets.ts";
import type { OperandDefinition, OptionDefinition } from "../../framework/definition.ts";

/** The operand of commands that take a sheet. It may be left out, to be told which there are. */
export const sheetOperand: OperandDefinition = {
  name: "SHEET",
  description: `A sheet's file (docs/sheets.md says how to write one), or a bundled one: ${bundledSheets.map(({ name }) => name).join(", ")}`,
  isOptional: true,
};

/** The option of commands that take a sheet. */
export const sheetSeedOption: OptionDefinition = {
  name: "seed",
  value: "NUMBER",
  description: "Draw the numbers for ranges, and the order of choices, from this seed",
  default: "1",
};
