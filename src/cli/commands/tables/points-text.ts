/** Points with at most two decimals, without needless zeros: 2, 0.5. */
export function pointsText(points: number): string {
  return String(Number(points.toFixed(2)));
}

/** What was earned of all there was: `2.5 of 13 points`. */
export function scoreText(points: number, most: number): string {
  return `${pointsText(points)} of ${pointsText(most)} ${most === 1 ? "point" : "points"}`;
}
