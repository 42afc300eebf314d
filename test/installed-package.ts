import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";

/** The root of the repository. */
export const repository: string = fileURLToPath(new URL("..", import.meta.url));

/** What a program that was run left behind. */
export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** An empty folder with nothing but this package in it, as a user gets it. */
export interface Installation {
  readonly folder: string;
  /** Runs a shell command in the folder. */
  shell(command: string): Outcome;
  /** Writes a file into the folder. */
  write(name: string, text: string): void;
  /** An empty folder inside of it, whose programs and commands find the same installed package. */
  inside(name: string): Installation;
  /** Type-checks a TypeScript file of the folder with the strictest settings and runs it. */
  runTypeScript(name: string): Outcome;
  remove(): void;
}

/** Packs what is in `dist` as the manifest says and installs the archive into a new folder, without asking the network for anything. */
export function installPackage(): Installation {
  const folder = mkdtempSync(join(tmpdir(), "backpass-installed-"));
  const installation = installationIn(folder);
  // The build was made before the tests; to build again here would pull the files from under other tests.
  const pack = `npm pack --silent --ignore-scripts --pack-destination "${folder}"`;
  succeed(runShell(pack, repository));
  // What it depends on comes from the copies installed here, so that no registry is asked.
  for (const name of dependencies()) succeed(runShell(`${pack} "./node_modules/${name}"`, repository));
  installation.write("package.json", JSON.stringify({ name: "user", private: true, type: "module" }));
  succeed(installation.shell("npm install --silent --offline --ignore-scripts --no-audit --no-fund ./*.tgz"));
  return installation;
}

function installationIn(folder: string): Installation {
  const shell = (command: string): Outcome => runShell(command, folder);
  return {
    folder,
    shell,
    write: (name, text) => writeFileSync(join(folder, name), text),
    inside: (name) => {
      mkdirSync(join(folder, name));
      return installationIn(join(folder, name));
    },
    runTypeScript: (name) => {
      const flags =
        "--strict --exactOptionalPropertyTypes --noUncheckedIndexedAccess --target es2023 --module nodenext";
      const compiler = join(repository, "node_modules", ".bin", "tsc");
      const checked = shell(`"${compiler}" ${flags} --lib es2023,dom --types "" --outDir . ${name}`);
      return checked.code === 0 ? shell(`node ${name.replace(/ts$/, "js")}`) : checked;
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The packages that this one needs at run time, by its manifest. */
export function dependencies(): string[] {
  // The manifest is our own.
  const manifest = JSON.parse(readFileSync(join(repository, "package.json"), "utf8")) as {
    dependencies?: Record<string, string>;
  };
  return Object.keys(manifest.dependencies ?? {});
}

function succeed(outcome: Outcome): void {
  if (outcome.code !== 0) throw new Error(`exit ${outcome.code}: ${outcome.err}${outcome.out}`);
}

function runShell(command: string, folder: string): Outcome {
  // `npm test` tells programs it starts which folder is its own; an npm started here must look for itself.
  const { npm_config_local_prefix: _, ...env } = process.env;
  try {
    const out = execFileSync("sh", ["-c", command], { cwd: folder, encoding: "utf8", env, stdio: "pipe" });
    return { code: 0, out, err: "" };
  } catch (error) {
    // What `execFileSync` throws has these, by its documentation.
    const { status, stdout, stderr } = error as { status: number | null; stdout: string; stderr: string };
    return { code: status ?? -1, out: stdout, err: stderr };
  }
}
