import { dataOptions } from "../../../defaults/data-options.ts";
import { settingsOptions } from "../../../defaults/settings-options.ts";
import { csvOptions, fastOption, type OptionDefinition } from "../../framework/definition.ts";

/** The options of `train`, in the order of its help: those of the library's tables, and how the command prints and writes. */
export const trainOptions: readonly OptionDefinition[] = [
  ...Object.values(dataOptions),
  ...csvOptions,
  ...Object.values(settingsOptions),
  fastOption,
  {
    name: "out",
    value: "DIR",
    description: "Write the run's files into this folder instead of runs/NAME",
    default: null,
  },
  { name: "overwrite", value: null, description: "Write over a run that is in the folder of --out", default: null },
  {
    name: "config",
    value: "FILE",
    description: "Read options from this JSON file; those that are typed win",
    default: null,
  },
  { name: "no-report", value: null, description: "Write no report.html", default: null },
  { name: "json", value: null, description: "Print the figures as one JSON object", default: null },
  { name: "quiet", value: null, description: "Print the figures only", default: null },
];
