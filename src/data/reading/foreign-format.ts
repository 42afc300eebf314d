import { DataError } from "../../errors.ts";

/** First bytes, as Latin-1 characters, of files that are no text, and what helps. */
const BINARY: readonly (readonly [start: string, name: string, advice: string])[] = [
  ["PK\x03\x04", "a zip archive (perhaps a spreadsheet)", "Export the table as CSV."],
  ["PK\x05\x06", "an empty zip archive", "Export the table as CSV."],
  ["\xD0\xCF\x11\xE0", "an old Excel file", "Export the table as CSV."],
  ["PAR1", "a Parquet file", "Export the table as CSV."],
  ["ARROW1", "an Arrow or Feather file", "Export the table as CSV."],
  ["SQLite format 3", "an SQLite database", "Export the table as CSV."],
  ["\x89HDF\r\n", "an HDF5 file", "Export the table as CSV."],
  ["%PDF", "a PDF", "Export the table as CSV."],
  ["\x89PNG", "a PNG image", "Name a table."],
  ["\xFF\xD8\xFF", "a JPEG image", "Name a table."],
  ["\x93NUMPY", "a NumPy array", "Write it with numpy.savetxt(path, array, delimiter=',')."],
  ["\x80\x03", "a Python pickle", "Write the table as CSV (DataFrame.to_csv)."],
  ["\x80\x04", "a Python pickle", "Write the table as CSV (DataFrame.to_csv)."],
  ["\x80\x05", "a Python pickle", "Write the table as CSV (DataFrame.to_csv)."],
  ["X\n\0\0\0", "an R data file", "Write the table as CSV (write.csv)."],
  ["RDX", "an R data file", "Write the table as CSV (write.csv)."],
  ["<stata_dta>", "a Stata file", "Export the table as CSV."],
  ["$FL2", "an SPSS file", "Export the table as CSV."],
  ["BZh", "a file packed with bzip2", "Unpack it first; gzip is unpacked as it is read."],
  ["\xFD7zXZ\0", "a file packed with xz", "Unpack it first; gzip is unpacked as it is read."],
  ["\x28\xB5\x2F\xFD", "a file packed with zstd", "Unpack it first; gzip is unpacked as it is read."],
  ["7z\xBC\xAF\x27\x1C", "a 7-Zip archive", "Unpack it first; gzip is unpacked as it is read."],
  ["Rar!", "a RAR archive", "Unpack it first; gzip is unpacked as it is read."],
];

/** What a text starts with that is no table, and what helps. */
const TEXTS: readonly (readonly [start: RegExp, name: string, advice: string])[] = [
  [/^\s*(?:\{\s*"[^"\n]*"\s*:|\[\s*[[{]\s*["\d\-{[]|\[\s*\{\s*")/, "JSON", "Write the table as CSV."],
  [
    /^\s*<(?:!doctype\b|html\b|head\b|body\b|table\b)/i,
    "an HTML page",
    "Download the file itself, not the page about it.",
  ],
  [/^\s*<\?xml\b/i, "XML", "Export the table as CSV."],
  [/^version https:\/\/git-lfs\./, "a pointer of Git LFS in place of the file", "Fetch the file itself: git lfs pull."],
  [/^\s*\{\\rtf/, "rich text (RTF)", "Save it as plain text."],
  [/^\s*(?:INSERT\s+INTO|CREATE\s+TABLE|-- (?:MySQL|PostgreSQL|MariaDB))\b/i, "SQL", "Export the table as CSV."],
  [/^(?:[+-]?[\d.]+(?: \d+:[-+\d.eE]+)+ *\n){2}/, "rows of LIBSVM (index:value)", "Write the rows in full, as CSV."],
];

/** @throws DataError for the first bytes of a known binary format. */
export function checkNoBinaryFormat(start: Uint8Array): void {
  const text = String.fromCharCode(...start.subarray(0, 16));
  for (const [magic, name, advice] of BINARY) if (text.startsWith(magic)) throw expectedText(name, advice);
  // The length of the header, lowest byte first, and JSON.
  if (/^.{4}\0{4}\{"/s.test(text)) throw expectedText("a model (a safetensors file)", "Name the file with the rows.");
}

/** @throws DataError for a text of another format, which would be cut into cells without sense. */
export function checkIsNoOtherText(sample: string): void {
  const start = sample.slice(0, 4096);
  for (const [pattern, name, advice] of TEXTS) {
    if (pattern.test(start))
      throw new DataError({
        where: "readCsv",
        expected: "a table of rows and cells, as CSV has them",
        got: name,
        advice,
      });
  }
}

function expectedText(name: string, advice: string): DataError {
  return new DataError({ where: "readCsv", expected: "text", got: name, advice });
}
