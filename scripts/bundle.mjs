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

/** What reads the textbook's notation: nothing that trains needs it. */
const textbook = [
  "parse-textbook",
  "textbook-language",
  "tokenize-textbook",
  "typed-characters",
  "latex-commands",
  "dictionary",
  "unknown-name",
  "read-[a-z]+",
].join("|");

/** Files of modules that several entries share, in the order of the folders; the rest rolldown divides by itself. */
const groups = [
  {
    name: "formula",
    test: new RegExp(`/src/(errors|base64|sha256|page/|tree/|random/|formula/(?!(index|read/(${textbook}))\\.))`),
  },
  { name: "textbook", test: new RegExp(`/src/formula/read/(${textbook})\\.`) },
  { name: "engine", test: /\/src\/(graph|plan|engine)\// },
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

/** A file's name without folder and extension. */
function nameOf(path) {
  return path.replace(/^.*\/|\.js$/g, "");
}
