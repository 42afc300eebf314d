// Writes dist/bundle, the programs of every entry of package.json, and dist/types, their declarations, in few flat files. Node
// finds, reads and compiles each module by itself, and those of src/ are many: their import took five times as long as that of
// the bundle. Declarations that no entry exports, or names, are left out.
import { chmodSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { dts } from "rolldown-plugin-dts";

const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

/** The entries of package.json by name: each is a file of src/entries. */
const names = Object.values(manifest.exports)
  .filter((entry) => typeof entry === "object")
  .map(({ default: program }) => nameOf(program));

/** By the name of the file in dist/bundle, the module of src/ that it is made from. */
const entries = {
  ...Object.fromEntries(names.map((name) => [name, `./src/entries/${name}.ts`])),
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
const page =
  /\/src\/(?:entries\/index|train\/(?:train|remote\/(?:remote-training|worker-loan|worker-start|training-worker)))\.ts$/;
/** What `backpass` itself needs. Node reads and compiles whole files, and so do pages: the rest stands in others. */
const core = new Set([...(await modulesOf(entries.index))].filter((id) => !page.test(id)));

/** Files of modules that several entries share, in the order of the folders; the rest rolldown divides by itself. */
const groups = [
  // With it what any thread needs that talks to a worker, and no more.
  { name: "errors", test: /\/src\/(?:errors|train\/remote\/(?:error-message|worker-start))\.ts$/ },
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
  // Without the readers of files and the bundled sets, which many need that have tables already.
  { name: "tables", test: /\/src\/data\/(?!index|bundled\/|reading\/)/ },
];

const bundle = await rolldown({ ...sources, input: entries });
await bundle.write({
  dir: "dist/bundle",
  cleanDir: true,
  chunkFileNames: "chunk-[name].js",
  codeSplitting: {
    includeDependenciesRecursively: false,
    groups: inOrder(groups),
  },
  // Doc comments are in the declarations; names and lines are found by the source maps.
  minify: true,
  sourcemap: true,
  // The package has src/.
  sourcemapExcludeSources: true,
});

// What `openWorker` starts, beside the file that it is in. It is one file with the readers of sheets in it: a worker has no
// import map, so that in a page without a bundler it would not find them.
const inlined = ["marked", "yaml"];
const worker = await rolldown({
  ...sources,
  platform: "browser",
  external: [/^node:/],
  input: { "job-worker": "./src/worker/job-worker.ts" },
});
await worker.write({
  dir: "dist/bundle",
  codeSplitting: false,
  minify: true,
  sourcemap: true,
  sourcemapExcludeSources: true,
  postBanner: inlined.map((name) => `/*! ${name}\n${readFileSync(license(name), "utf8").trim()}\n*/`).join("\n"),
});

/** Declarations are kept by folder, in the order in which the folders import each other. */
const folders = [
  "errors",
  "formula",
  "graph",
  "engine",
  "network",
  "train",
  "data",
  "model",
  "explain",
  "defaults",
  "report",
  "exercise",
  "worker",
];

const declarations = await rolldown({
  cwd: fileURLToPath(new URL("../", import.meta.url)),
  input: Object.fromEntries(names.map((name) => [name, `./dist/entries/${name}.d.ts`])),
  external: [/^node:/, ...Object.keys(manifest.dependencies)],
  plugins: [dts({ dtsOnly: true, oxc: true })],
});
await declarations.write({
  dir: "dist/types",
  cleanDir: true,
  entryFileNames: "[name].d.ts",
  chunkFileNames: "in-[name].d.ts",
  minifyInternalExports: false,
  codeSplitting: { groups: inOrder(folders.map((name) => ({ name, test: new RegExp(`/dist/${name}\\b`) }))) },
});

// npm makes a command executable when it links it, once; what is built later is a new file.
chmodSync(new URL(`../${manifest.bin.backpass}`, import.meta.url), 0o755);

/** Groups of which the first takes what the later ones would take, too. */
function inOrder(groups) {
  return groups.map((group, place) => ({ ...group, priority: groups.length - place }));
}

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

/** The file of a package that has its license. */
function license(name) {
  const folder = new URL(`../node_modules/${name}/`, import.meta.url);
  return new URL(readdirSync(folder).find((file) => /^license/i.test(file)) ?? "LICENSE", folder);
}
