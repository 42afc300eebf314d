/** A number below 2²⁴ for a name, by FNV-1a: what is drawn for a block or a question depends on its name and the seed alone. */
export function nameStream(name: string): number {
  let hash = 0x811c9dc5;
  for (const letter of name) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 8) % 2 ** 24;
}
