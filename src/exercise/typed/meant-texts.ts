/** Ways in which a formula is typed that the notation reads otherwise, and how it is to be typed. */
const repairs: readonly (readonly [RegExp, string])[] = [
  [/\*\*/g, "*"],
  [/\^([lL])\s*([-+])\s*([0-9])/g, "^($1$2$3)"],
  [/e\^-([\p{L}0-9]+)/gu, "e^(-$1)"],
  [/e\^([0-9]+)([\p{L}]+)/gu, "e^($1$2)"],
  [/_([\p{L}]{2,})(?=\^)/gu, "_($1)"],
];

/** What may have been meant by a typed formula: the text with brackets where they are often left out, and `*` for `**`. */
export function meantTexts(typed: string): readonly string[] {
  const all = repairs.reduce((text, [pattern, instead]) => text.replaceAll(pattern, instead), typed);
  const each = repairs.map(([pattern, instead]) => typed.replaceAll(pattern, instead));
  return [...new Set([...each, all])].filter((text) => text !== typed);
}
