import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const source = fileURLToPath(new URL("../src", import.meta.url));

/** The folders (and three files) of src, in the order in which data flows; each may import those before it. */
const order = [
  "errors",
  "base64",
  "sha256",
  "page",
  "tree",
  "random",
  "formula",
  "graph",
  "plan",
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
  "entries",
  "cli",
];

interface SourceFile {
  /** Relative to src, with "/". */
  readonly path: string;
  readonly text: string;
}

const files: readonly SourceFile[] = readdirSync(source, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts") && !path.endsWith(".test-d.ts"))
  .map((path) => ({ path: path.split(sep).join("/"), text: readFileSync(join(source, path), "utf8") }))
  .sort((left, right) => (left.path < right.path ? -1 : 1));

/** `import … from "x"`, `export … from "x"`, `import "x"` and `import("x")`, types included. */
const importPattern = /(?:^|\n)\s*(?:import|export)\b[^"';]*?\bfrom\s*"([^"]+)"|\bimport\s*\(?\s*"([^"]+)"/g;

function importsOf(text: string): readonly string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
  return [...code.matchAll(importPattern)].map((match) => match[1] ?? match[2] ?? "");
}

/** The files of src that a file imports, relative to src. */
function filesImportedBy(file: SourceFile): readonly string[] {
  return importsOf(file.text)
    .filter((specifier) => specifier.startsWith("."))
    .map((specifier) =>
      relative(source, resolve(source, dirname(file.path), specifier))
        .split(sep)
        .join("/"),
    );
}

/** Position of a file's folder in `order`; files directly in src count by their own name. */
function stageOf(path: string): number {
  return order.indexOf(path.split("/")[0]!.replace(/\.ts$/, ""));
}

/** What a folder shows to those outside of it, and in `train` the two functions that its rooms make up. */
function isSurface(path: string): boolean {
  return /^[a-z]+\/(?:index|train|trainer)\.ts$/.test(path);
}

/** One cycle of imports as a list of paths whose first and last are the same, or null. */
function findCycle(graph: ReadonlyMap<string, readonly string[]>): readonly string[] | null {
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): readonly string[] | null => {
    const start = path.indexOf(file);
    if (start >= 0) return [...path.slice(start), file];
    if (done.has(file)) return null;
    path.push(file);
    for (const next of graph.get(file) ?? []) {
      const cycle = visit(next);
      if (cycle !== null) return cycle;
    }
    path.pop();
    done.add(file);
    return null;
  };
  for (const file of graph.keys()) {
    const cycle = visit(file);
    if (cycle !== null) return cycle;
  }
  return null;
}

describe("the reader of imports", () => {
  test("finds every form of import, and none in comments", () => {
    const text = `import type { A } from "./a.ts";
import {
  b,
} from "./b.ts";
export * from "./c.ts";
import "./d.ts";
const e = await import("./e.ts");
/** import { f } from "./f.ts"; */
// import { g } from "./g.ts";
`;
    expect(importsOf(text)).toEqual(["./a.ts", "./b.ts", "./c.ts", "./d.ts", "./e.ts"]);
  });

  test("finds a cycle of three files", () => {
    const graph = new Map([
      ["a", ["b", "d"]],
      ["b", ["c"]],
      ["c", ["a"]],
      ["d", []],
    ]);
    expect(findCycle(graph)).toEqual(["a", "b", "c", "a"]);
  });
});

describe("the folders of src", () => {
  test("are those of the design", () => {
    const unknown = files.filter((file) => stageOf(file.path) < 0);
    expect(unknown.map((file) => file.path)).toEqual([]);
  });

  test("import only from folders before them", () => {
    const wrong = files.flatMap((file) =>
      filesImportedBy(file)
        .filter((imported) => stageOf(imported) < 0 || stageOf(imported) > stageOf(file.path))
        .map((imported) => `${file.path} imports ${imported}`),
    );
    expect(wrong).toEqual([]);
  });

  test("never import the surface of the package, src/entries", () => {
    const wrong = files.filter((file) => filesImportedBy(file).some((path) => path.startsWith("entries/")));
    expect(wrong.map((file) => file.path)).toEqual([]);
  });

  test("have no cycle of imports, types included", () => {
    expect(findCycle(new Map(files.map((file) => [file.path, filesImportedBy(file)])))).toBeNull();
  });

  // A room is a folder inside of these. What lies in the folder itself (but for its index) is what the rooms build on.
  test.each(["formula", "explain", "train", "data", "exercise", "cli"])(
    "%s has rooms that import one way",
    (folder) => {
      const roomOf = (path: string): string => path.split("/").slice(1, -1)[0] ?? "(itself)";
      const inside = files.filter(({ path }) => path.startsWith(`${folder}/`) && !isSurface(path));
      const graph = new Map<string, string[]>();
      for (const file of inside) {
        const room = roomOf(file.path);
        const rooms = filesImportedBy(file)
          .filter((imported) => imported.startsWith(`${folder}/`) && roomOf(imported) !== room)
          .map(roomOf);
        graph.set(room, [...(graph.get(room) ?? []), ...rooms]);
      }
      expect(graph.size).toBeGreaterThan(2);
      expect(findCycle(graph)).toBeNull();
    },
  );

  test("of the command line have at most 22 files", () => {
    const folders = files.filter(({ path }) => path.startsWith("cli/")).map(({ path }) => dirname(path));
    const counts = [...new Set(folders)].map((folder) => [folder, folders.filter((each) => each === folder).length]);
    expect(counts.filter(([, count]) => Number(count) > 22)).toEqual([]);
  });

  test("of exercise import one way, down the list in ARCHITECTURE.md, and have at most 22 files", () => {
    const page = readFileSync(new URL("../ARCHITECTURE.md", import.meta.url), "utf8");
    const [, list = ""] = /The rooms of `exercise`, in the order in which they import:([^.]*)\./.exec(page) ?? [];
    const rooms = [...list.matchAll(/`(\w+)\/`/g)].map(([, room = ""]) => room);
    const roomOf = (path: string): string => path.split("/").slice(1, -1)[0] ?? "(itself)";
    const inside = files.filter(({ path }) => path.startsWith("exercise/") && !isSurface(path));
    expect(new Set(inside.map(({ path }) => roomOf(path)))).toEqual(new Set(["(itself)", ...rooms]));
    // The files of the folder itself come before its rooms: indexOf is -1.
    const wrong = inside.flatMap((file) =>
      filesImportedBy(file)
        .filter((imported) => imported.startsWith("exercise/"))
        .filter((imported) => rooms.indexOf(roomOf(imported)) > rooms.indexOf(roomOf(file.path)))
        .map((imported) => `${file.path} imports ${imported}`),
    );
    expect(wrong).toEqual([]);
    const sizes = ["(itself)", ...rooms].map((room) => inside.filter(({ path }) => roomOf(path) === room).length);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(22);
  });

  test("import files that exist", () => {
    const paths = new Set(files.map((file) => file.path));
    const missing = files.flatMap((file) => filesImportedBy(file).filter((imported) => !paths.has(imported)));
    expect(missing).toEqual([]);
  });
});

describe("the files of src", () => {
  test("depend on no package but the readers of CSV and of sheets, and on Node's modules only in the command line", () => {
    const isAllowed = (path: string, specifier: string): boolean =>
      (specifier.startsWith("node:") && path.startsWith("cli/")) ||
      (specifier === "papaparse" && path.startsWith("data/reading/csv")) ||
      (["marked", "yaml"].includes(specifier) && path.startsWith("exercise/"));
    const foreign = files.flatMap((file) =>
      importsOf(file.text)
        .filter((specifier) => !specifier.startsWith(".") && !isAllowed(file.path, specifier))
        .map((specifier) => `${file.path} imports ${specifier}`),
    );
    expect(foreign).toEqual([]);
  });

  test("leave what `backpass` and `backpass/digits` import free of any package", () => {
    const imported = new Map(files.map((file) => [file.path, filesImportedBy(file)]));
    const reached = new Set(["entries/index.ts", "entries/digits.ts"]);
    for (const path of reached) for (const next of imported.get(path) ?? []) reached.add(next);
    const core = files.filter((file) => reached.has(file.path));
    expect(core.length).toBeGreaterThan(20);
    const foreign = core.flatMap((file) => importsOf(file.text).filter((specifier) => !specifier.startsWith(".")));
    expect(foreign).toEqual([]);
  });

  test("are named after what they hold", () => {
    const vague = files.filter((file) => /(^|\/)(utils?|helpers?|common|types|misc|shared)\.ts$/.test(file.path));
    expect(vague.map((file) => file.path)).toEqual([]);
  });

  test("keep the package's surface to named exports, each entry in a file of its own", () => {
    const entries = files.filter(({ path }) => path.startsWith("entries/"));
    const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
      exports: Record<string, { types?: string }>;
    };
    const declared = Object.values(manifest.exports).flatMap(({ types }) => types ?? []);
    expect(
      declared.map((types) => types.replace("./dist/types/", "entries/").replace(/\.d\.ts$/, ".ts")).sort(),
    ).toEqual(entries.map(({ path }) => path));
    for (const { text } of entries) {
      expect(text).toMatch(/^(export [^*]*? from "\.\.\/[^"]+";\n+)+$/);
      expect(text.split("\n").length).toBeLessThanOrEqual(100);
    }
  });

  test("of exercise keep nothing that outlives a sheet: no Map, and a WeakMap only where it is named here", () => {
    const kept = files
      .filter(({ path }) => path.startsWith("exercise/"))
      .flatMap(({ path, text }) =>
        [...text.matchAll(/^(?:export )?(?:const|let) [^=\n]*= new ((?:Weak)?(?:Map|Set))(?:<.*>)?\(\);/gm)].map(
          ([, kind]) => `${path}: ${kind}`,
        ),
      );
    expect(kept.filter((each) => !each.endsWith(": WeakMap"))).toEqual([]);
    // Of sheets what is known of their questions; of formulas their derivatives and what they are compiled to.
    const allowed = ["answers/subjects.ts", "networks/real-point.ts", "vocabulary/function-table.ts"];
    expect(kept.filter((each) => !allowed.some((path) => each.startsWith(`exercise/${path}: `)))).toEqual([]);
  });

  test("write to the terminal in one place, where what is not seen is made visible", () => {
    const writes = /\bprocess\s*\.\s*(?:stdout|stderr)\b|\bconsole\s*\.|"node:console"|\bwriteSync\(\s*[12]\b/;
    const places = files.filter((file) => writes.test(file.text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "")));
    // line-input gives Node's line editor the stream for what is typed and for its prompt.
    // The programs of derive have console.log in what they write.
    const isProgram = ({ path }: SourceFile): boolean => /^explain\/\w+\/\w+-program\.ts$/.test(path);
    const paths = places.filter((file) => !isProgram(file)).map((file) => file.path);
    expect(paths).toEqual([
      "cli/framework/line-input.ts",
      "cli/framework/process-output.ts",
      "cli/framework/terminal.ts",
    ]);
    const coding = files.filter((file) => /\\x1b|\\u001b\[|\\u\{1b\}/i.test(file.text));
    expect(coding.map((file) => file.path)).toEqual(["cli/framework/styled-text.ts"]);
    const users = files.filter((file) => filesImportedBy(file).includes("cli/framework/process-output.ts"));
    expect(users.map((file) => file.path)).toEqual(["cli/framework/terminal.ts"]);
  });

  test("write markup with the template that escapes, and have escapes in no other place", () => {
    const escaping = /&(?:lt|amp|quot);/;
    const wrong = files.filter((file) => escaping.test(file.text) && file.path !== "page/html.ts");
    expect(wrong.map((file) => file.path)).toEqual([]);
  });

  test("never ask Math.random for a number", () => {
    const wrong = files.filter((file) =>
      /\bMath\s*\.\s*random\b/.test(file.text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "")),
    );
    expect(wrong.map((file) => file.path)).toEqual([]);
  });
});
