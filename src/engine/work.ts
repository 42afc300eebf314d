import { isPromise } from "../tree/reader.ts";
import type { AnySession, Engine, SessionOptions } from "./engine.ts";

/**
 * Work that asks an engine: a generator that yields each promise it needs the answer of. On a synchronous engine there is
 * none, and `finishNow` runs it to its end; on any engine `finish` does. So each computation is written once.
 */
export type Work<Result> = Generator<Promise<unknown> | undefined, Result, unknown>;

/** What an engine answers: `const values = yield* answerOf(session.read(w))`. */
export function* answerOf<Answer>(answer: Answer): Generator<Promise<unknown>, Awaited<Answer>, unknown> {
  // as: what is no promise is its own answer, and what comes back is the answer to what was yielded.
  return (isPromise(answer) ? yield answer as Promise<unknown> : answer) as Awaited<Answer>;
}

/**
 * True for a promise. Where a step of work is done thousands of times a second, a value is better not sent through
 * `answerOf`: `const result = isLater(answer) ? yield* answerOf(answer) : answer`.
 */
export function isLater<Answer>(answer: Answer): answer is Extract<Answer, Promise<unknown>> {
  return isPromise(answer);
}

/** Work in a session of its own, which is closed however the work ends. */
export function* inSession<Result>(
  engine: Engine,
  work: (session: AnySession) => Work<Result>,
  options: SessionOptions = {},
): Work<Result> {
  const session = yield* answerOf(engine.open(options));
  try {
    return yield* work(session);
  } finally {
    yield* answerOf(session.close());
  }
}

/** The result of work on a synchronous engine. */
export function finishNow<Result>(work: Work<Result>): Result {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/**
 * The result of work on any engine.
 *
 * @param rest called where the work yields nothing, which is where it may be left for a while.
 */
export async function finish<Result>(work: Work<Result>, rest?: () => Promise<void> | void): Promise<Result> {
  let next = work.next();
  while (!next.done) {
    const { value } = next;
    if (value === undefined) {
      const resting = rest?.();
      if (resting !== undefined) await resting;
      next = work.next();
      continue;
    }
    let answer: unknown;
    try {
      answer = await value;
    } catch (error) {
      next = work.throw(error);
      continue;
    }
    next = work.next(answer);
  }
  return next.value;
}
