import type { ColumnKind } from "../table.ts";

/** The header of an ARFF file. */
export interface ArffHeader {
  readonly columns: readonly { readonly name: string; readonly kind: ColumnKind | null }[];
  /** Lines, and characters, up to and with `@data`. */
  readonly lines: number;
  readonly length: number;
}

/**
 * Reads `@attribute` lines up to `@data`, as Weka writes them
 * (https://waikato.github.io/weka-wiki/formats_and_processing/arff_stable/); null when there is no `@data`.
 */
export function readArffHeader(sample: string): ArffHeader | null {
  const columns: { name: string; kind: ColumnKind | null }[] = [];
  let [at, lines] = [0, 0];
  while (at < sample.length) {
    const end = sample.indexOf("\n", at);
    const line = sample.slice(at, end < 0 ? sample.length : end).trim();
    at = end < 0 ? sample.length : end + 1;
    lines += 1;
    if (/^@data\b/i.test(line)) return columns.length === 0 ? null : { columns, lines, length: at };
    const match = /^@attribute\s+(?:'([^']*)'|"([^"]*)"|(\S+?))(?:\s+|(?=\{))(\{.*|[a-z]+.*)$/i.exec(line);
    if (match === null) continue;
    const name = match[1] ?? match[2] ?? match[3] ?? "";
    columns.push({ name, kind: kindOf(match[4] ?? "") });
  }
  return null;
}

function kindOf(type: string): ColumnKind | null {
  if (type.startsWith("{")) return "category";
  return /^(numeric|real|integer)\b/i.test(type) ? "number" : null;
}
