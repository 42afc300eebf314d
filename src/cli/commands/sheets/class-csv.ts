import type { Sheet } from "../../../exercise/index.ts";
import { asciiMinus } from "../../../page/minus-signs.ts";
import type { ClassReport } from "../../../exercise/results/class-report.ts";
import { csvLine } from "../../files/csv-text.ts";
import { pointsText } from "../tables/points-text.ts";
import { spreadsheetCell } from "../../files/spreadsheet-cell.ts";

/**
 * A class for a gradebook: a line for each file, with name, file, seed, points, the points of the sheet, and for each question its
 * points, verdict and answer; a file that was left out has its reason in the last column. No cell is a formula to a spreadsheet.
 */
export function classCsv({ questions }: Sheet, { learners, leftOut, most }: ClassReport): string {
  const heading = [
    "name",
    "file",
    "seed",
    "points",
    "of",
    ...questions.flatMap(({ id }) => [id, `${id} verdict`, `${id} answer`]),
    "left out",
  ];
  const judged = learners.map(({ name, file, seed, points, answers }) => ({
    file,
    cells: [
      spreadsheetCell(name),
      spreadsheetCell(file),
      String(seed),
      pointsText(points),
      pointsText(most),
      ...questions.flatMap(({ id }) => {
        const given = answers.find(({ question }) => question === id);
        if (given === undefined) return ["0", "no answer", ""];
        return [pointsText(given.points), given.verdict, spreadsheetCell(given.answer)];
      }),
      "",
    ],
  }));
  const others = leftOut.map(({ file, message }) => ({
    file,
    cells: [
      "",
      spreadsheetCell(file),
      "",
      "",
      pointsText(most),
      ...questions.flatMap(() => ["", "", ""]),
      spreadsheetCell(asciiMinus(message)),
    ],
  }));
  const rows = [...judged, ...others].sort((left, right) => (left.file < right.file ? -1 : 1));
  return csvLine(heading) + rows.map(({ cells }) => csvLine(cells)).join("");
}
