export { type Applied, appliedDataset, type ApplyOptions, applyPreprocessing } from "./preprocessing/apply.ts";
export { type Baseline, baseline } from "./preprocessing/baseline.ts";
export { bundled, type BundledData, bundledData, type BundledName } from "./bundled/bundled.ts";
export { missingMarkers } from "./columns/cell.ts";
export { circles, type CirclesOptions } from "./bundled/circles.ts";
export { readCsv } from "./reading/csv.ts";
export { columnKinds, type ReadCsvOptions } from "./reading/csv-options.ts";
export type { CsvSource } from "./reading/csv-source.ts";
export { type FitOptions, fitPreprocessing } from "./preprocessing/fit.ts";
export { type IdxArray, idxDataset, readIdx } from "./reading/idx.ts";
export { prepare, type Prepared, type PrepareOptions } from "./preprocessing/prepare.ts";
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
export { readAgain } from "./reading/read-again.ts";
export { readPreprocessing } from "./preprocessing/read-preprocessing.ts";
export { type RowIdentity, rowIdentity } from "./columns/row-identity.ts";
export { type ScaleCells, scaleCells, scaleNote } from "./columns/scale-cells.ts";
export { spirals, type SpiralsOptions } from "./bundled/spirals.ts";
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
export { type Cell, tableOfRows } from "./reading/table-of-rows.ts";
export { type ChosenTarget, chooseTarget, type TargetOptions } from "./columns/target.ts";
export { type TargetTeller, targetTellers, tellerNote } from "./columns/target-teller.ts";
export { xor } from "./bundled/xor.ts";
