import { describe, expect, test } from "vitest";
import { answerOf, finish, finishNow, type Work } from "./work.ts";

type Answers = () => number | Promise<number>;

function* sumOf(...answers: readonly Answers[]): Work<number> {
  let sum = 0;
  for (const answer of answers) {
    try {
      sum += yield* answerOf(answer());
    } catch {
      sum += 100;
    }
    yield undefined;
  }
  return sum;
}

describe("work", () => {
  test("ends at once where every answer is a value", () => {
    expect(
      finishNow(
        sumOf(
          () => 1,
          () => 2,
        ),
      ),
    ).toBe(3);
  });

  test("gives the same where answers are promises, and rests where it may", async () => {
    let rests = 0;
    const work = sumOf(
      () => 1,
      () => Promise.resolve(2),
    );
    expect(await finish(work, () => void rests++)).toBe(3);
    expect(rests).toBe(2);
  });

  test("throws a refused promise where its answer was asked for", async () => {
    const work = sumOf(
      () => Promise.reject(new Error("lost")),
      () => 1,
    );
    expect(await finish(work)).toBe(101);
  });
});
