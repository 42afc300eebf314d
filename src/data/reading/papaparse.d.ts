/**
 * The part of papaparse that src/data/reading/csv-records.ts uses. The types published for it bring in those of Node, which have
 * no place in a library for browsers.
 */
declare module "papaparse" {
  interface ParserOptions {
    readonly delimiter: string;
    readonly newline: "\n";
    readonly quoteChar?: string;
    /** Stop after so many records. */
    readonly preview?: number;
  }

  interface Parsed {
    readonly data: string[][];
    /** `row` counts records of this text from 0. */
    readonly errors: readonly { readonly code: string; readonly row?: number }[];
    /** `cursor`: the character after the last whole record. */
    readonly meta: { readonly cursor: number };
  }

  interface Parser {
    parse(text: string, baseIndex: number, ignoreLastRow: boolean): Parsed;
  }

  const papaparse: { readonly Parser: new (options: ParserOptions) => Parser };
  // A CommonJS module: Node and bundlers show what it exports as the default.
  export default papaparse;
}
