// PyTorch, by pytorch.py, on one thread and on two.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("pytorch.py", import.meta.url));
/** Debian's own Python has Debian's PyTorch; `BENCH_PYTHON` names another. */
const python = process.env.BENCH_PYTHON ?? (existsSync("/usr/bin/python3") ? "/usr/bin/python3" : "python3");

let answer;
const version = () => {
  answer ??= spawnSync(python, ["-c", "import torch; print(torch.__version__)"], { encoding: "utf8" });
  return answer.status === 0 ? answer.stdout.trim() : null;
};

const side = (threads) => ({
  name: `pytorch-${threads}`,
  label: threads === 1 ? "PyTorch" : `PyTorch, ${threads} threads`,
  kind: "native",
  learns: true,
  settings: { threads },
  environment: { OMP_NUM_THREADS: String(threads) },
  command: (job) => [python, [program, JSON.stringify(job)]],
  version,
  missing: () =>
    version() === null
      ? "needs PyTorch: apt-get install python3-torch, or name a Python that has it in BENCH_PYTHON"
      : null,
});

export const sides = [side(1), side(2)];
