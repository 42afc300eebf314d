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
  input: entries,
  external: [/^node:/, ...Object.keys(manifest.dependencies)],
});
await bundle.write({
  dir: "dist/bundle",
  cleanDir: true,
  chunkFileNames: "chunk-[name].js",
  codeSplitting: { groups: groups.map((group, place) => ({ ...group, priority: groups.length - place })) },
  // Doc comments are in the declarations.
  comments: { jsdoc: false },
  minifyInternalExports: false,
  sourcemap: true,
  // The package has src/.
  sourcemapExcludeSources: true,
});

// npm makes a command executable when it links it, once; what is built later is a new file.
chmodSync(new URL(`../${manifest.bin.backpass}`, import.meta.url), 0o755);

/** The modules that are left of those an entry imports when what it does not use is taken away. */
async function modulesNeededBy(entry) {
  const probe = await rolldown({ cwd: fileURLToPath(new URL("../", import.meta.url)), platform: "neutral", input: entry });
  const { output } = await probe.generate({});
  await probe.close();
  return new Set(output.flatMap(({ moduleIds = [] }) => moduleIds));
}

/** A file's name without folder and extension. */
function nameOf(path) {
  return path.replace(/^.*\/|\.js$/g, "");
}
