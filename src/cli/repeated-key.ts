/** A key that an object of a text of JSON has twice, and where the second stands, from 1. */
export interface RepeatedKey {
  readonly key: string;
  readonly line: number;
  readonly column: number;
}

/** Texts and signs; numbers and words between them do not matter here. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]/g;

/**
 * The first key that comes twice in one object, of which `JSON.parse` would take the last in silence; null when there is
 * none.
 *
 * @param text valid JSON.
 */
export function repeatedKey(text: string): RepeatedKey | null {
  // The keys of the objects that are open, from the outermost; null for a list.
  const open: (Set<string> | null)[] = [];
  let isKeyNext = false;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (token === "{" || token === "[") open.push(token === "{" ? new Set() : null);
    else if (token === "}" || token === "]") open.pop();
    const keys = open.at(-1) ?? null;
    if (token.startsWith('"') && isKeyNext && keys !== null) {
      // The same key may be written with escapes.
      const key = JSON.parse(token) as string;
      if (keys.has(key)) return { key, ...placeAt(text, index) };
      keys.add(key);
    }
    isKeyNext = keys !== null && (token === "{" || token === ",");
  }
  return null;
}

function placeAt(text: string, position: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, position).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
