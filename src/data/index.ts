export { type Applied, appliedDataset, type ApplyOptions, applyPreprocessing } from "./apply.ts";
export { type Baseline, baseline } from "./baseline.ts";
export { bundled, type BundledData, bundledData, type BundledName } from "./bundled.ts";
export { missingMarkers } from "./cell.ts";
export { circles, type CirclesOptions } from "./circles.ts";
export { readCsv } from "./csv.ts";
export { columnKinds, type ReadCsvOptions } from "./csv-options.ts";
export type { CsvSource } from "./csv-source.ts";
export { digits } from "./digits.ts";
export { type FitOptions, fitPreprocessing } from "./fit.ts";
export { type IdxArray, idxDataset, readIdx } from "./idx.ts";
export { prepare, type Prepared, type PrepareOptions } from "./prepare.ts";
export {
  type CategoryInput,
  type ClassTarget,
  type DateInput,
  type Input,
  inputNames,
  inputWidth,
  inUnitsOfTarget,
  type NumberInput,
  type NumberTarget,
  outputWidth,
  type Preprocessing,
  type Task,
} from "./preprocessing.ts";
export { readAgain } from "./read-again.ts";
export { readPreprocessing } from "./read-preprocessing.ts";
export { type RowIdentity, rowIdentity } from "./row-identity.ts";
export { type ScaleCells, scaleCells, scaleNote } from "./scale-cells.ts";
export { spirals, type SpiralsOptions } from "./spirals.ts";
export {
  type CategoryColumn,
  type Column,
  type ColumnKind,
  type DateColumn,
  type EmptyColumn,
  type IgnoredColumn,
  missingCode,
  type NumberColumn,
  type Place,
  rowInFile,
  type Table,
  type TextColumn,
} from "./table.ts";
export { type Cell, tableOfRows } from "./table-of-rows.ts";
export { type ChosenTarget, chooseTarget, type TargetOptions } from "./target.ts";
export { type TargetTeller, targetTellers, tellerNote } from "./target-teller.ts";
export { xor } from "./xor.ts";
