// Writes dist/bundle, the programs of every entry of package.json, and dist/types, their declarations, in few flat files. Node
// finds, reads and compiles each module by itself, and those of src/ are many: their import took five times as long as that of
// the bundle. Declarations that no entry exports, or names, are left out.
import { chmodSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { dts } from "rolldown-plugin-dts";

const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));

/** The entries of package.json by name: each is a file of src/entries. */
const names = Object.values(manifest.exports)
  .filter((entry) => typeof entry === "object")
  .map(({ default: program }) => nameOf(program));

/** By the name of the file in dist/bundle, the module of src/ that it is made from. */
const programs = {
  ...Object.fromEntries(names.map((name) => [name, `./src/entries/${name}.ts`])),
  [nameOf(manifest.bin.backpass)]: "./src/cli/main.ts",
  // What `train` starts in pages, beside the file that `train` is in.
  "training-worker": "./src/train/remote/training-worker.ts",
};

/** What `train` alone needs: the worker's program must not import it (see src/train/remote/training-worker.ts). */
const page = ["index", "train", "remote/remote-training", "remote/worker-loan", "remote/training-worker"].join("|");

/** The modules of which a program that imports `backpass` needs a part: what the other entries need beside them is apart. */
const core = await modulesNeededBy("./src/entries/index.ts");

const isBase = /\/src\/(errors|base64|sha256|page|tree|random|formula)\b/;

/** Files of modules that several entries share, in the order of the folders; the rest rolldown divides by itself. */
const groups = [
  { name: "formula", test: (id) => isBase.test(id) && core.has(id) },
  { name: "notation", test: isBase },
  { name: "graph", test: /\/src\/graph\// },
  { name: "engine", test: /\/src\/(plan|engine)\// },
  { name: "network", test: new RegExp(`/src/(network/|train/(?!(${page})\\.))`) },
];

const bundle = await rolldown({
  cwd: fileURLToPath(new URL("../", import.meta.url)),
  platform: "neutral",
  input: programs,
  external: [/^node:/, ...Object.keys(manifest.dependencies)],
});
await bundle.write({
  dir: "dist/bundle",
  cleanDir: true,
  chunkFileNames: "chunk-[name].js",
  codeSplitting: { groups: inOrder(groups) },
  // Doc comments are in the declarations.
  comments: { jsdoc: false },
  minifyInternalExports: false,
  sourcemap: true,
  // The package has src/.
  sourcemapExcludeSources: true,
});

/** Declarations are kept by folder, in the order in which the folders import each other. */
const folders = ["errors", "formula", "graph", "engine", "network", "train", "data", "model", "explain", "exercise"];

const declarations = await rolldown({
  cwd: fileURLToPath(new URL("../", import.meta.url)),
  input: Object.fromEntries(names.map((name) => [name, `./dist/entries/${name}.d.ts`])),
  external: [/^node:/, ...Object.keys(manifest.dependencies)],
  plugins: [dts({ dtsOnly: true, generator: "oxc" })],
});
await declarations.write({
  dir: "dist/types",
  cleanDir: true,
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

/** The modules that are left of those an entry imports when what it does not use is taken away. */
async function modulesNeededBy(entry) {
  const probe = await rolldown({
    cwd: fileURLToPath(new URL("../", import.meta.url)),
    platform: "neutral",
    input: entry,
  });
  const { output } = await probe.generate({});
  await probe.close();
  return new Set(output.flatMap(({ moduleIds = [] }) => moduleIds));
}

/** A file's name without folder and extension. */
function nameOf(path) {
  return path.replace(/^.*\/|\.js$/g, "");
}
