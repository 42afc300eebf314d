import { jsonText } from "../../framework/json-text.ts";
import { formatFlag, formatOption, outOption } from "../../framework/definition.ts";
import { realpathSync } from "node:fs";
import { basename, isAbsolute } from "node:path";
import process from "node:process";
import { CUT_OVER } from "../../../engine/blas/cut.ts";
import { blasEngineOn, blasLibrary, isBlasAskedFor } from "../../../engine/blas/engine.ts";
import type { BlasLibrary } from "../../../engine/blas/library.ts";
import { type Engine, engineFrom } from "../../../engine/index.ts";
import { paysFrom, type ProductRate, productRate } from "../../../engine/product-rate.ts";
import { hasRelaxedSimd } from "../../../engine/wasm/machine.ts";
import { OptionError } from "../../../errors.ts";
import type { Arguments } from "../../framework/arguments.ts";
import type { Command, ExitCode } from "../../framework/command.ts";
import { formatNumber } from "../../../page/format-number.ts";
import type { Terminal } from "../../framework/terminal.ts";
import { textTable } from "../../framework/text-table.ts";

/** `backpass engines`: what there is to compute with on this machine, and how fast it multiplies. */
export const enginesCommand: Command = {
  name: "engines",
  summary: "List the engines of this machine, and measure them",
  operands: [],
  options: [formatOption(["text", "json"]), outOption, formatFlag("json", "one JSON object, with every digit")],
  examples: [
    { line: "backpass engines", does: "what is there, how fast, and from which size on it pays" },
    { line: "BACKPASS_BLAS=libblis.so.4 backpass engines", does: "the same with another BLAS" },
  ],
  run: (args, terminal) => Promise.resolve(run(args, terminal)),
};

/** An engine that is there. */
interface Found {
  readonly name: Engine["name"];
  readonly isAvailable: true;
  /** True for what `auto` stands for. */
  readonly isDefault: boolean;
  readonly precision: Engine["precision"];
  /** Name and version of what computes. */
  readonly runsOn: string;
  /** The library's file, where there is one. */
  readonly path?: string;
  /** Measured, one entry a number of threads. */
  readonly speeds: readonly { readonly threads: number | null; readonly rates: readonly ProductRate[] }[];
  /** Size n from which n × n × n products are faster than on the next simpler engine; null when none measured is. */
  readonly paysFrom?: number | null;
}

/** An engine that is not there. */
interface Missing {
  readonly name: Engine["name"];
  readonly isAvailable: false;
  /** What is missing and how to get it. */
  readonly reason: string;
}

/** Widths of products that are measured; the reference takes too long for the last. */
const SIZES = [32, 128, 512];
const REFERENCE_SIZES = SIZES.slice(0, 2);
/** Time for one figure of the table, and for one of the many comparisons: fast and about right. */
const RATE_MS = 150;
const COMPARISON_MS = 30;
const WASM_SIZES = [2, 4, 8, 16];
const BLAS_SIZES = [8, 12, 16, 20, 24, 28, 32, 40, 48, 64];

function run(args: Arguments, terminal: Terminal): ExitCode {
  const engines = [wasm(), fast(), blas(), reference()];
  terminal.out(args.flag("json") ? `${jsonText({ engines })}\n` : text(engines));
  return 0;
}

function wasm(): Found {
  const engine = engineFrom("wasm");
  return {
    name: "wasm",
    isAvailable: true,
    isDefault: !isBlasAskedFor(),
    precision: engine.precision,
    runsOn: `WebAssembly SIMD, ${runtime()}`,
    speeds: [{ threads: 1, rates: SIZES.map((size) => productRate(engine, size, RATE_MS)) }],
    paysFrom: paysFrom(engine, engineFrom("reference"), WASM_SIZES, COMPARISON_MS),
  };
}

function fast(): Found | Missing {
  const engine = engineFrom("fast");
  if (!hasRelaxedSimd()) {
    const reason = `Expected a runtime with relaxed SIMD, got ${runtime()}; it computes as wasm here. Use Node 22 or later.`;
    return { name: "fast", isAvailable: false, reason };
  }
  return {
    name: "fast",
    isAvailable: true,
    isDefault: false,
    precision: engine.precision,
    runsOn: `WebAssembly relaxed SIMD, ${runtime()}`,
    speeds: [{ threads: 1, rates: SIZES.map((size) => productRate(engine, size, RATE_MS)) }],
    paysFrom: paysFrom(engine, engineFrom("wasm"), WASM_SIZES, COMPARISON_MS),
  };
}

function reference(): Found {
  const engine = engineFrom("reference");
  return {
    name: "reference",
    isAvailable: true,
    isDefault: false,
    precision: engine.precision,
    runsOn: `plain loops, ${runtime()}`,
    speeds: [{ threads: 1, rates: REFERENCE_SIZES.map((size) => productRate(engine, size, RATE_MS)) }],
  };
}

function blas(): Found | Missing {
  let library: BlasLibrary;
  try {
    library = blasLibrary();
  } catch (error) {
    if (!(error instanceof OptionError)) throw error;
    return { name: "blas", isAvailable: false, reason: error.message };
  }
  // Every product to the BLAS, also those below the cut-over, to find where it pays.
  const engine = blasEngineOn(library, 0);
  const counts = library.threads === null ? [null] : [...new Set([1, library.threads])];
  const speeds = counts.map((threads) => {
    if (threads !== null) library.setThreads(threads);
    return { threads, rates: SIZES.map((size) => productRate(engine, size, RATE_MS)) };
  });
  return {
    name: "blas",
    isAvailable: true,
    isDefault: isBlasAskedFor(),
    precision: engine.precision,
    runsOn: `${describe(library)}, koffi ${library.koffi}`,
    path: pathOf(library.file),
    speeds,
    paysFrom: paysFrom(engine, engineFrom("wasm"), BLAS_SIZES, COMPARISON_MS),
  };
}

/** Some libraries begin their version with their name. */
function describe({ name, version }: BlasLibrary): string {
  if (version === null) return name;
  return version.toLowerCase().includes(name.toLowerCase()) ? version : `${name} ${version}`;
}

function runtime(): string {
  return `Node ${process.versions.node}, V8 ${process.versions.v8}`;
}

/** The file behind a name that the system looked up, as far as it can be told. */
function pathOf(file: string): string {
  // The network part of a report may take seconds; versions of Node that cannot leave it out ignore this.
  Object.assign(process.report, { excludeNetwork: true });
  const report: unknown = process.report.getReport();
  const objects: unknown = Reflect.get(Object(report), "sharedObjects");
  const loaded = Array.isArray(objects) ? objects.map(String) : [];
  const path = isAbsolute(file) ? file : loaded.find((each) => basename(each) === basename(file));
  try {
    return path === undefined ? file : realpathSync(path);
  } catch {
    return file; // a library of macOS that is no file
  }
}

function text(engines: readonly (Found | Missing)[]): string {
  const found = engines.filter((engine) => engine.isAvailable);
  const rows = found.flatMap(({ name, precision, speeds }) =>
    speeds.map(({ threads, rates }) => [
      name,
      precision,
      String(threads ?? "its own"),
      ...SIZES.map((_, i) => (rates[i] === undefined ? "–" : formatNumber(rates[i].gigaflops, 3))),
    ]),
  );
  const heading = ["engine", "precision", "threads", ...SIZES.map((size) => `${size} × ${size}`)];
  const alignment = heading.map((_, column) => (column < 2 ? "left" : "right"));
  const lines = textTable([heading, ...rows], alignment)
    .trimEnd()
    .split("\n");
  const table = ["Matrix products, GFLOP/s:", ...lines.map((line) => `  ${line}`)];
  return `${[...table, "", ...engines.flatMap(notes)].join("\n")}\n`;
}

function notes(engine: Found | Missing): readonly string[] {
  const head = `${engine.name.padEnd(10)} `;
  if (!engine.isAvailable) return [`${head}not there. ${engine.reason}`];
  const lines = [`${engine.runsOn}${engine.isDefault ? " (the default)" : ""}`];
  if (engine.path !== undefined) lines.push(engine.path);
  if (engine.name === "wasm") lines.push(`the same bits on every machine; ${pays(engine.paysFrom, "reference")}`);
  if (engine.name === "fast") {
    lines.push(`${pays(engine.paysFrom, "wasm")}; its last bits differ with the machine`);
  }
  if (engine.name === "blas") {
    lines.push(`${pays(engine.paysFrom, "wasm")}; products below ${CUT_OVER.toLocaleString("en-US")} stay there`);
    lines.push("its last bits differ with library, processor and number of threads");
  }
  if (engine.name === "reference") lines.push("to check the others by: float64, each equation by itself");
  return lines.map((each, i) => (i === 0 ? head : " ".repeat(head.length)) + each);
}

function pays(size: number | null | undefined, other: string): string {
  if (size === null || size === undefined) return `at no size measured faster than ${other}`;
  const count = (size ** 3).toLocaleString("en-US");
  return `faster than ${other} from ${size} × ${size} × ${size}, ${count} multiply-adds`;
}
