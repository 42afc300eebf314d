import { sheetTexts } from "./bundled-sheets.generated.ts";

/** A sheet that comes with the package, for `parseSheet`. */
export interface BundledSheet {
  /** What it is called on the command line. */
  readonly name: string;
  readonly title: string;
  /** The sheet's file, in Markdown. */
  readonly text: string;
}

/** The sheets that come with the package, in the order in which they are best worked through. */
export const bundledSheets: readonly BundledSheet[] = sheetTexts;
