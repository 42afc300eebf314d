// Compiles kernels/ with AssemblyScript and embeds the module in src/engine/wasm/module.generated.ts.
// Does nothing when the sources, this script and the compiler are those of the last build.
import { createHash } from "node:crypto";
import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import { byteDifference } from "./byte-difference.mjs";

const root = new URL("../", import.meta.url);
const target = new URL("src/engine/wasm/module.generated.ts", root);

/** Reasons: no garbage collector or allocator (stub); the host owns the memory and the table of functions; no relaxed SIMD, for equal bits everywhere. */
const options = [
  "kernels/index.ts",
  "--outFile=kernels.wasm",
  "--runtime=stub",
  "--importMemory",
  "--initialMemory=1",
  "--importTable",
  "--noAssert",
  "--use=abort=",
  "--enable=simd",
  "-O3", // -O1 to -O3 give the matrix product alike; maps of three operands are a fifth faster than with -O2
];
/** The second module: the same sources for a memory that threads share. The size is the most that may be, 4 GiB. */
const threaded = ["--enable=threads", "--sharedMemory", "--maximumMemory=65536"];
/** And both once more with products rounded once, where the processor can: the engine `fast`. */
const relaxed = ["--enable=relaxed-simd"];

const sources = new Map();
for (const folder of ["kernels/", "src/engine/wasm/"]) {
  for (const name of (await readdir(new URL(folder, root))).sort()) {
    const isSource = folder === "kernels/" ? /^[\w-]+\.ts$/.test(name) : name === "opcodes.ts";
    if (isSource) sources.set(folder + name, await readFile(new URL(folder + name, root), "utf8"));
  }
}
const compiler = JSON.parse(await readFile(new URL("node_modules/assemblyscript/package.json", root), "utf8"));
const hash = createHash("sha256")
  .update(
    JSON.stringify([
      compiler.version,
      options,
      threaded,
      relaxed,
      ...sources,
      await readFile(new URL(import.meta.url), "utf8"),
      await readFile(new URL("byte-difference.mjs", import.meta.url), "utf8"),
    ]),
  )
  .digest("hex");

const previous = await readFile(target, "utf8").catch(() => "");
if (!previous.includes(hash)) {
  const { default: asc } = await import("assemblyscript/asc");
  const compile = async (options) => {
    const outputs = new Map();
    const { error, stderr } = await asc.main(options, {
      readFile: (name) => sources.get(name) ?? null,
      writeFile: (name, contents) => void outputs.set(name, contents),
      listFiles: () => [],
    });
    const messages = stderr.toString();
    if (error !== null || messages.includes("ERROR")) {
      console.error(`build-kernels: AssemblyScript reports\n${messages}`);
      process.exit(1);
    }
    return outputs.get("kernels.wasm");
  };
  const single = await compile(options);
  const shared = await compile([...options, ...threaded]);
  const fast = await compile([...options, ...relaxed]);
  const sharedFast = await compile([...options, ...threaded, ...relaxed]);
  const base64 = (bytes) => Buffer.from(bytes).toString("base64");
  const text = `// Made by scripts/build-kernels.mjs from kernels/. Do not edit.

/** The WebAssembly module in base64, and in what others differ from it: see kernel-bytes.ts. */
export const modules = {
  /** For memory of one thread. */
  single: "${base64(single)}",
  /** For memory that threads share. */
  shared: "${base64(byteDifference(single, shared))}",
  /** With relaxed SIMD, from each of these. */
  fast: {
    single: "${base64(byteDifference(single, fast))}",
    shared: "${base64(byteDifference(shared, sharedFast))}",
  },
} as const;

/** SHA-256 of what the modules were made from. */
export const sourceHash = "${hash}";
`;
  // First aside: another build at the same time never sees half a file.
  const aside = new URL(`module.generated.ts.${process.pid}`, target);
  await writeFile(aside, text);
  await rename(aside, target);
  console.log(`build-kernels: ${single.length} bytes of WebAssembly, ${shared.length} for threads.`);
}
