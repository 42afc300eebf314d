import type {
  AsynchronousEngine,
  AsynchronousExecutable,
  AsynchronousSession,
  Executable,
  Session,
  SynchronousEngine,
} from "../src/engine/engine.ts";

/** An engine that computes as another does, and answers everything with promises, some at once and some a task later. */
export function delayedEngine(engine: SynchronousEngine): AsynchronousEngine {
  let calls = 0;
  /** In the order of the calls, as an engine has to: each waits for the one before. */
  let last: Promise<unknown> = Promise.resolve();
  const later = <Answer>(compute: () => Answer): Promise<Answer> => {
    const isSlow = calls++ % 8 === 0;
    const answer = last.then(async () => {
      if (isSlow) await new Promise((resolve) => void setImmediate(resolve));
      return compute();
    });
    last = answer.catch(() => {});
    return answer;
  };
  const executableOf = (executable: Executable): AsynchronousExecutable => ({
    run: (options) => later(() => executable.run(options)),
    runSteps: (options) => later(() => executable.runSteps(options)),
    output: (name) => later(() => executable.output(name)),
  });
  const sessionOf = (session: Session): AsynchronousSession => ({
    write: (variable, values) => later(() => session.write(variable, values)),
    read: (variable) => later(() => session.read(variable)),
    snapshot: () => later(() => session.snapshot()),
    restore: (snapshot) => later(() => session.restore(snapshot)),
    load: (values, columns) => later(() => session.load(values, columns)),
    refill: (table, values, firstRow) => later(() => session.refill(table, values, firstRow)),
    prepare: (program) => later(() => executableOf(session.prepare(program))),
    close: () => later(() => session.close()),
  });
  return {
    ...engine,
    name: `delayed ${engine.name}`,
    isSynchronous: false,
    open: (options) => later(() => sessionOf(engine.open(options))),
  };
}
