import { spawn, spawnSync, type SpawnSyncReturns } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { repository } from "./installed-package.ts";

/** What the system does at the doors of the program: pipes, devices, full disks, limits, Ctrl-C. */

const program = join(repository, "dist", "bundle", "main.js");
const isUnix = process.platform !== "win32";
const hasFullDisk = existsSync("/dev/full");

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "backpass-doors-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a script of bash in the folder, in which `backpass` is the program. */
function shell(script: string, timeout = 60_000): SpawnSyncReturns<string> {
  const command = `backpass() { "${process.execPath}" "${program}" "$@"; }\nset -o pipefail\n${script}`;
  return spawnSync("bash", ["-c", command], { cwd: folder, encoding: "utf8", timeout });
}

describe.skipIf(!isUnix)("standard output", () => {
  test("a training goes on when its reader goes away, says so, and writes its files", () => {
    const { stdout, stderr, status } = shell(
      "backpass train digits --epochs 40 --patience none --hidden 4 --batch-size 512 --out headed | head -n 1",
    );
    expect(status).toBe(0);
    expect(stdout).toMatch(/^data .*\n$/);
    expect(stderr).toMatch(/^note: nobody reads standard output any more; the work goes on/);
    const record = JSON.parse(readFileSync(join(folder, "headed", "run.json"), "utf8")) as { history: unknown[] };
    expect(record.history.length).toBe(40);
  });

  test("what only prints ends without a word when its reader goes away, with the exit code of a closed pipe", () => {
    const { stdout, stderr, status } = shell(
      "for i in 1 2 3 4; do backpass data digits --csv || exit; done | head -n 1",
    );
    expect(stdout).toMatch(/^x1,x2,.*\n$/);
    expect({ stderr, status }).toEqual({ stderr: "", status: 141 });
  });

  test
    .skipIf(!hasFullDisk)
    .each([
      "derive sigmoid --format html",
      "sheet backpropagation",
      "data digits --csv",
      "train --help",
      "train iris --epochs 2",
    ])("a full disk is said, with exit 2: %s", (line) => {
    const { stderr, status } = shell(`backpass ${line} > /dev/full`);
    expect(stderr).toMatch(/^backpass: standard output: expected a place to write to, got a full disk\. .*\n$/);
    expect(status).toBe(2);
  });

  test("a file of standard output that may not grow is said", () => {
    const { stderr, status } = shell(`(ulimit -f 8; trap "" XFSZ; backpass data digits --csv > limited.csv)`);
    expect(stderr).toMatch(/standard output: expected a place to write to, got a file larger than the system allows/);
    expect(status).toBe(2);
  });
});

describe.skipIf(!isUnix)("what is written", () => {
  test("a pipe gets the bytes and stays a pipe", () => {
    const { stdout, status } = shell(
      "mkfifo pipe; (cat pipe > through.svg) & backpass derive relu --svg pipe > printed.txt; wait; echo done",
    );
    expect({ stdout, status }).toEqual({ stdout: "done\n", status: 0 });
    expect(statSync(join(folder, "pipe")).isFIFO()).toBe(true);
    expect(readFileSync(join(folder, "through.svg"), "utf8")).toMatch(/^<svg.*<\/svg>\s*$/s);
  });

  test("/dev/stdout is where standard output goes", () => {
    const { stdout } = shell("backpass derive relu --svg /dev/stdout | cat");
    expect(stdout).toContain("</svg>");
    expect(stdout).toContain("A kink at z = 0");
  });

  test.skipIf(!existsSync("/proc/self")).each(["/proc/none/run", "/dev/null/run"])(
    "a folder below %s is refused and not waited for",
    (path) => {
      const { stderr, status } = shell(`backpass train iris --epochs 1 --quiet --out ${path}`, 20_000);
      expect(stderr).toMatch(/^backpass: \/.*: expected a folder to write to, got .*\n$/);
      expect(status).toBe(2);
    },
  );
});

describe.skipIf(!isUnix)("what is read", () => {
  test("a pipe in a class folder is told and not waited for", () => {
    mkdirSync(join(folder, "class"));
    writeFileSync(join(folder, "class", "ada.json"), "{}");
    const { stdout, stderr, status } = shell(
      "mkfifo class/pipe.json; backpass check backpropagation --class class",
      30_000,
    );
    expect(status).not.toBe(null);
    expect(stdout + stderr).toMatch(/pipe\.json: expected a file with answers, got a pipe/);
  });

  test("a pipe in a folder of images is told and not waited for", () => {
    mkdirSync(join(folder, "images"));
    const { stderr, status } = shell(
      "mkfifo images/train-images-idx3-ubyte images/train-labels-idx1-ubyte; backpass train images",
      30_000,
    );
    expect(stderr).toMatch(/ubyte: expected a file, got a pipe/);
    expect(status).toBe(2);
  });

  test.skipIf(!existsSync("/dev/zero")).each([
    ["gradient /dev/zero", /at most 256 MiB/],
    ["sheet /dev/zero", /at most 256 MiB/],
    ["evaluate /dev/zero iris", /at most 256 MiB/],
    ["derive /dev/zero", /at most 256 MiB/],
    ["diagnose /dev/zero", /at most 256 MiB/],
    ["train iris --config /dev/zero", /at most 256 MiB/],
    ["train /dev/zero", /NUL character/],
  ])("an endless device is refused: %s", (line, message) => {
    const { stderr, status } = shell(`backpass ${line}`, 40_000);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^backpass: .*\n$/);
    expect(status).toBe(2);
  });

  test("a sheet of 600 MB is refused by its size", () => {
    const { stderr, status } = shell("truncate -s 600M large.md; backpass sheet large.md");
    expect(stderr).toMatch(/large\.md: expected a file of at most 256 MiB, got one of 629,145,600 bytes/);
    expect(status).toBe(2);
  });

  test("a sheet or network comes through a pipe as well as from a file", () => {
    const network = '{"inputs":1,"layers":[{"units":1}],"examples":{"inputs":[[1]],"targets":[[1]]}}';
    writeFileSync(join(folder, "net.json"), network);
    const { stdout, status } = shell("backpass gradient net.json; backpass gradient <(cat net.json)");
    expect(status).toBe(0);
    const half = stdout.length / 2;
    expect(stdout.slice(half)).toBe(stdout.slice(0, half));
  });

  test("a key that comes twice in JSON is refused, with its place", () => {
    writeFileSync(join(folder, "twice.json"), '{\n  "inputs": 1,\n  "inputs": 2,\n  "layers": []\n}');
    const { stderr, status } = shell("backpass gradient twice.json");
    expect(stderr).toMatch(/twice\.json: line 3, column 3: expected each key once in an object, got "inputs" again\./);
    expect(status).toBe(2);
  });
});

describe.skipIf(!isUnix)("Ctrl-C", () => {
  /** Starts a command, sends the signal after some time, and resolves to how and how soon it ended. */
  async function interrupted(
    words: readonly string[],
    afterMs: number,
  ): Promise<{ signal: string | null; ms: number }> {
    const child = spawn(process.execPath, [program, ...words], { cwd: folder, stdio: "ignore" });
    const ended = new Promise<string | null>((resolve) => child.on("close", (_, signal) => resolve(signal)));
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    const sentMs = performance.now();
    child.kill("SIGINT");
    const signal = await ended;
    return { signal, ms: performance.now() - sentMs };
  }

  test("ends a gradient check that computes without a pause", async () => {
    // 30,000 parameters: half a minute and more.
    const layers = [{ units: 300, activation: "tanh" }, { units: 1 }];
    const examples = { inputs: [Array.from({ length: 100 }, (_, i) => i / 100)], targets: [[1]] };
    writeFileSync(join(folder, "wide.json"), JSON.stringify({ inputs: 100, layers, examples }));
    const { signal, ms } = await interrupted(["gradcheck", "wide.json", "--all"], 3000);
    expect(signal).toBe("SIGINT");
    // At once; the allowance is for a busy machine.
    expect(ms).toBeLessThan(5000);
  });
});

describe.skipIf(!isUnix)("no right to a file", () => {
  test("is told as that, and not as a mistake of the program", () => {
    const isRoot = process.getuid?.() === 0;
    // The superuser may read everything; a directory in place of the model is as unreadable to all.
    const { stderr, status } = shell(
      isRoot
        ? "mkdir -p m.safetensors; backpass evaluate m.safetensors iris"
        : "touch m; chmod 0 m; backpass evaluate m iris",
    );
    expect(stderr).not.toMatch(/internal|Please report/);
    expect(status).toBe(2);
  });

  test("nor are too many open files or links in a circle", () => {
    const { stderr } = shell("ln -s b a; ln -s a b; backpass train a; backpass gradient a; ls");
    expect(stderr).toMatch(
      /^backpass: a: .*links that lead in a circle.*\nbackpass: a: .*links that lead in a circle.*\n$/,
    );
    expect(readdirSync(folder)).toContain("a");
  });
});

describe.skipIf(process.platform !== "linux")("a limit on the addresses of the process", () => {
  const train = "backpass train iris --epochs 2 --quiet --no-report --out limited";

  test("is told with what to do about it", () => {
    const { stderr, status } = shell(`ulimit -v 6000000; ${train}`);
    expect(stderr).toMatch(/^backpass: wasm: expected 10 GB of addresses .*--disable-wasm-trap-handler.*\n$/);
    expect(status).toBe(2);
  });

  test("is no hindrance to what the message advises", () => {
    const { stdout, status } = shell(
      `${train} --out free; ulimit -v 6000000; export NODE_OPTIONS=--disable-wasm-trap-handler; ${train}`,
    );
    expect(status).toBe(0);
    const [free, limited] = [...stdout.matchAll(/^weights +(\w+)$/gm)].map(([, hash]) => hash);
    expect(limited).toBe(free);
    expect(limited).toMatch(/^\w{64}$/);
  });
});
