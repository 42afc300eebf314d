import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { deriveFunction } from "../src/explain/index.ts";
import { childrenOf, type Formula, foldFormula, parseFormula, type Relation } from "../src/formula/index.ts";
import { randomFunction } from "./random-functions.ts";

const script = fileURLToPath(new URL("check_claims.py", import.meta.url));
// Debian's packages install for this one, whatever python3 is first on the path.
const python = ["/usr/bin/python3", "python3"].find(
  (each) => spawnSync(each, ["-c", "import mpmath"], { stdio: "ignore" }).status === 0,
);

/** More with BACKPASS_FUNCTIONS=300; then SymPy is asked too, for six seconds a limit. */
const COUNT = Number(process.env["BACKPASS_FUNCTIONS"] ?? 20);
const FIRST = Number(process.env["BACKPASS_FIRST_FUNCTION"] ?? 1);

/** The formula as Python code over `check_claims.py`'s functions: a translation that shares nothing with the derivatives. */
function pythonOf(formula: Formula): string {
  return foldFormula<string>(formula, (part, parts) => {
    const [u = "", v = "", w = ""] = parts;
    switch (part.kind) {
      case "number":
        return `mpf("${part.value}")`;
      case "constant":
        return part.name;
      case "symbol":
        return part.name;
      case "negate":
        return `(-(${u}))`;
      case "operation":
        if (part.operator === "^") return `power(${u}, ${v})`;
        return part.operator === "/" ? `divide(${u}, ${v})` : `((${u}) ${part.operator} (${v}))`;
      case "call":
        return `${part.name}(${parts.join(", ")})`;
      case "comparison":
        return `((${u}) ${relations[part.relation]} (${v}))`;
      case "choice":
        return `((${v}) if (${u}) else (${w}))`;
      default:
        throw new Error(`no ${part.kind} with ${childrenOf(part).length} parts is drawn`);
    }
  });
}

const relations: Readonly<Record<Relation, string>> = {
  "<": "<",
  "<=": "<=",
  ">": ">",
  ">=": ">=",
  "==": "==",
  "!=": "!=",
};

function itemOf(seed: number): { seed: number; text: string; python: string; claims: unknown } {
  const text = randomFunction(seed);
  const formula = parseFormula(text);
  const claims: unknown = JSON.parse(
    JSON.stringify(deriveFunction(formula, { by: "z" }).claims, (_, value: unknown) =>
      typeof value === "number" && !Number.isFinite(value) ? String(value) : value,
    ),
  );
  return { seed, text, python: pythonOf(formula), claims };
}

describe.skipIf(python === undefined)(
  "what derive claims (skipped without mpmath: apt-get install python3-mpmath)",
  () => {
    test(
      `${COUNT} random functions contradict no claim, with 60 digits and far away`,
      { timeout: 60_000 + COUNT * 30_000 },
      () => {
        const items = Array.from({ length: COUNT }, (_, i) => itemOf(FIRST + i));
        const isLarge = COUNT >= 100;
        const { stdout, stderr } = spawnSync(python!, [script, ...(isLarge ? ["--sympy"] : [])], {
          input: JSON.stringify(items),
          encoding: "utf8",
          maxBuffer: 1e8,
        });
        expect(stderr.replaceAll(/.*Warning.*\n.*\n/g, "")).toBe("");
        const { counts, wrong } = JSON.parse(stdout) as { counts: { proved: number }; wrong: unknown };
        if (process.env["BACKPASS_FUNCTIONS"] !== undefined) console.info(JSON.stringify(counts));
        expect(wrong).toEqual([]);
        expect(counts.proved).toBeGreaterThan(COUNT);
      },
    );
  },
);
