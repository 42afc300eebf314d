// Writes dist/bundle: the programs of every entry of package.json, in few flat files. Node finds, reads and compiles each
// module by itself, and those of src/ are many: their import took five times as long as that of the bundle.
import { chmodSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

/** By the name of the file in dist/bundle, the module of src/ that it is made from: where its declarations come from. */
const entries = {
  ...Object.fromEntries(
    Object.values(manifest.exports)
      .filter((entry) => typeof entry === "object")
      .map(({ types, default: program }) => [nameOf(program), types.replace("dist", "src").replace(/\.d\.ts$/, ".ts")]),
  ),
  [nameOf(manifest.bin.backpass)]: "./src/cli/main.ts",
  // What `train` starts in pages, beside the file that `train` is in.
  "training-worker": "./src/train/remote/training-worker.ts",
};

const sources = {
  cwd: fileURLToPath(new URL("../", import.meta.url)),
  platform: "neutral",
  preserveEntrySignatures: "allow-extension",
  external: [/^node:/, ...Object.keys(manifest.dependencies)],
};

/** What `train` alone needs: the worker's program must not import it (see src/train/remote/training-worker.ts). */
const page = /\/src\/(?:index|train\/(?:train|remote\/(?:remote-training|worker-loan|training-worker)))\.ts$/;
/** What `backpass` itself needs. Node reads and compiles whole files, and so do pages: the rest stands in others. */
const core = new Set([...(await modulesOf(entries.index))].filter((id) => !page.test(id)));

/** Files of modules that several entries share, in the order of the folders; the rest rolldown divides by itself. */
const groups = [
  {
    name: "equations",
    test: (id) =>
      id.endsWith("/src/graph/index.ts") ||
      (core.has(id) && /\/src\/(?:errors|base64|sha256|page\/|tree\/|random\/|formula\/|graph\/)/.test(id)),
  },
  { name: "training", test: (id) => core.has(id) },
  // With it what the bundler adds to templates that have "</script>" in them.
  { name: "formula", test: /\/src\/(?:page\/|tree\/|random\/|formula\/(?!read\/)|graph\/)|taggedTemplateLiteral/ },
  { name: "textbook", test: /\/src\/formula\/read\// },
  { name: "engine", test: /\/src\/(?:plan|engine)\// },
];

const bundle = await rolldown({ ...sources, input: entries });
await bundle.write({
  dir: "dist/bundle",
  cleanDir: true,
  chunkFileNames: "chunk-[name].js",
  codeSplitting: {
    includeDependenciesRecursively: false,
    groups: groups.map((group, place) => ({ ...group, priority: groups.length - place })),
  },
  // Doc comments are in the declarations; names and lines are found by the source maps.
  minify: true,
  sourcemap: true,
  // The package has src/.
  sourcemapExcludeSources: true,
});

// npm makes a command executable when it links it, once; what is built later is a new file.
chmodSync(new URL(`../${manifest.bin.backpass}`, import.meta.url), 0o755);

/** The modules of which a program needs anything, by their full paths. */
async function modulesOf(entry) {
  const program = await rolldown({ ...sources, input: entry });
  const { output } = await program.generate();
  const modules = output.flatMap((chunk) => Object.entries(chunk.modules ?? {}));
  return new Set(modules.filter(([, { code }]) => code !== null && code.trim() !== "").map(([id]) => id));
}

/** A file's name without folder and extension. */
function nameOf(path) {
  return path.replace(/^.*\/|\.js$/g, "");
}
