import {
  answerOf,
  type AnyExecutable,
  type AnySession,
  type Executable,
  finishNow,
  type RowFunction,
  type Session,
  type Values,
  type Work,
} from "../engine/index.ts";
import type { Program } from "../graph/index.ts";
import { type ForwardNetwork, forwardNetwork } from "./equations.ts";
import type { Network } from "./network.ts";

/** Examples computed in one run: enough to fill the engine's tiles, few enough that memory does not grow with the data. */
export const CHUNK = 256;

/** A network's way forward in a session. */
export interface RowProgram<Compiled extends AnyExecutable = AnyExecutable> {
  readonly equations: ForwardNetwork;
  readonly executable: Compiled;
}

/** The program whose one output `a` is the answer to up to `capacity` rows. */
function forwardProgram(
  net: Network,
  capacity: number,
  sharedWith: ForwardNetwork | null,
): { readonly equations: ForwardNetwork; readonly program: Program } {
  const equations = forwardNetwork(net, { capacity, sharedWith });
  const answer = equations.layers.at(-1)?.activation ?? equations.inputs;
  return { equations, program: { outputs: { a: answer }, updates: [] } };
}

/** Compiles a network for rows, `CHUNK` at a time. */
export function* rowProgram(session: AnySession, net: Network): Work<RowProgram> {
  const { equations, program } = forwardProgram(net, CHUNK, null);
  return { equations, executable: yield* answerOf(session.prepare(program)) };
}

/**
 * Compiles a network for up to `capacity` rows at a time.
 *
 * @param sharedWith other equations in the session, whose variables it is to share.
 */
export function compiledRows(
  session: Session,
  net: Network,
  capacity: number,
  sharedWith: ForwardNetwork | null = null,
): { readonly equations: ForwardNetwork; readonly run: RowFunction } {
  const { equations, program } = forwardProgram(net, capacity, sharedWith);
  const executable = session.prepare(program);
  const run = executable.rowFunction?.(equations.inputs, "a") ?? byRuns({ equations, executable }, net);
  return { equations, run };
}

/** For engines that have no shorter way. */
function byRuns(program: RowProgram<Executable>, { inputs: width, outputs }: Network): RowFunction {
  return (inputs, out, first, count) => {
    const rows = inputs.subarray(first * width, (first + count) * width);
    finishNow(answerRows(program, rows, count, out, first * outputs));
  };
}

/** Runs some rows, and puts the answers into `out` from `at` on. */
export function* answerRows(
  { equations, executable }: RowProgram,
  rows: Values,
  count: number,
  out: Values,
  at: number,
): Work<void> {
  const given = { inputs: new Map([[equations.inputs, rows]]), extents: new Map([[equations.examples, count]]) };
  yield* answerOf(executable.run(given));
  out.set(yield* answerOf(executable.output("a")), at);
}
