export { type Applied, appliedDataset, type ApplyOptions, applyPreprocessing } from "../data/index.ts";
export { type Baseline, baseline } from "../data/index.ts";
export { bundled, type BundledData, bundledData, type BundledName } from "../data/index.ts";
export { missingMarkers } from "../data/index.ts";
export { circles, type CirclesOptions } from "../data/index.ts";
export { readCsv } from "../data/index.ts";
export { columnKinds, type ReadCsvOptions } from "../data/index.ts";
export type { CsvSource } from "../data/index.ts";
export { type FitOptions, fitPreprocessing } from "../data/index.ts";
export { type IdxArray, idxDataset, readIdx } from "../data/index.ts";
export { prepare, type Prepared, type PrepareOptions } from "../data/index.ts";
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
} from "../data/index.ts";
export { readAgain } from "../data/index.ts";
export { readPreprocessing } from "../data/index.ts";
export { type RowIdentity, rowIdentity } from "../data/index.ts";
export { type ScaleCells, scaleCells, scaleNote } from "../data/index.ts";
export { spirals, type SpiralsOptions } from "../data/index.ts";
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
} from "../data/index.ts";
export { type Cell, tableOfRows } from "../data/index.ts";
export { type ChosenTarget, chooseTarget, type TargetOptions } from "../data/index.ts";
export { type TargetTeller, targetTellers, tellerNote } from "../data/index.ts";
export { xor } from "../data/index.ts";
export type { DecimalSign } from "../data/columns/number-format.ts";
