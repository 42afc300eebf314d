/** How much two colors (red, green, blue from 0 to 255) differ in lightness: 1 to 21, as WCAG 2 defines it. */
export function contrast(one: readonly number[], other: readonly number[]): number {
  const [low, high] = [luminance(one), luminance(other)].toSorted((left, right) => left - right) as [number, number]; // as: two
  return (high + 0.05) / (low + 0.05);
}

/** Relative luminance of WCAG 2: 0 to 1. */
export function luminance(color: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = color.map((each) => {
    const share = each / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
