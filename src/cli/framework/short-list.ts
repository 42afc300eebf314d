/** The first few of some names, and how many more there are: `a, b, c and 7 more`. */
export function shortList(names: readonly string[], most: number): string {
  // "and 1 more" is no shorter than the name.
  if (names.length <= most + 1) return names.join(", ");
  return `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
}
