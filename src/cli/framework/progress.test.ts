import { describe, expect, test } from "vitest";
import { type Progress, progressBar, progressLines } from "./progress.ts";
import { recordingTerminal } from "../../../test/recording-terminal.ts";

function progressAt(epoch: number, seconds: number): Progress {
  const held = { validationCost: 0.25, isBest: epoch === 5, quality: "accuracy 97.5 %" };
  return { epoch, epochs: 10, cost: 0.1234, ...held, examplesPerSecond: 123456, seconds };
}

describe("progressBar", () => {
  test("shows epoch, cost, accuracy, speed and time left, in place", () => {
    const { terminal, written } = recordingTerminal({ columns: 120 });
    progressBar(terminal).show(progressAt(5, 3));
    expect(written.err).toBe(
      `\r\x1b[2K${"█".repeat(10)}${"░".repeat(10)} epoch  5/10  cost 0.1234  validation 0.2500  accuracy 97.5 %  best  123,000 examples/s  3.0 s left`,
    );
  });

  test("never fills the line, so that it cannot wrap", () => {
    for (const columns of [30, 50, 80]) {
      const { terminal, written } = recordingTerminal({ columns });
      progressBar(terminal).show(progressAt(5, 3));
      expect(written.err.replace("\r\x1b[2K", "").length).toBeLessThan(Math.max(columns, 34));
    }
  });

  test("draws at most 20 times a second, and always the last epoch", () => {
    const { terminal, written } = recordingTerminal({ columns: 120 });
    const bar = progressBar(terminal);
    for (let epoch = 1; epoch <= 10; epoch++) bar.show(progressAt(epoch, 0.001 * epoch));
    const drawn = [...written.err.matchAll(/epoch +(\d+)/g)].map((match) => match[1]);
    expect(drawn).toEqual(["1", "10"]);
  });

  test("leaves the cursor on a fresh line, once", () => {
    const { terminal, written } = recordingTerminal();
    const bar = progressBar(terminal);
    bar.end();
    expect(written.err).toBe("");
    bar.show(progressAt(1, 0));
    bar.end();
    bar.end();
    expect(written.err.match(/\n/g)).toHaveLength(1);
  });

  test("uses color only when the terminal has it", () => {
    const plain = recordingTerminal();
    progressBar(plain.terminal).show(progressAt(1, 0));
    const colored = recordingTerminal({ hasColor: true });
    progressBar(colored.terminal).show(progressAt(1, 0));
    expect(plain.written.err).not.toContain("\x1b[32m");
    expect(colored.written.err).toContain("\x1b[32m");
  });
});

test("progressLines writes one line an epoch, without control characters", () => {
  const { terminal, written } = recordingTerminal();
  const lines = progressLines(terminal);
  lines.show(progressAt(1, 1));
  lines.show(progressAt(2, 2));
  lines.end();
  expect(written.err).toBe("");
  expect(written.out).toBe(
    "epoch  1/10  cost 0.1234  validation 0.2500  accuracy 97.5 %  123,000 examples/s\n" +
      "epoch  2/10  cost 0.1234  validation 0.2500  accuracy 97.5 %  123,000 examples/s\n",
  );
});
