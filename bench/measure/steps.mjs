// Time of a step: every net, every side, round after round, each in a process of its own that is checked before it is
// timed.
import { compared, referenceFor } from "../agreement.mjs";
import { fileOf, flopsOf } from "../nets.mjs";
import { startSide } from "./side-child.mjs";
import { spread } from "./statistics.mjs";

/** Steps of a window, at least: the largest net does not fit that many into the time. */
const LEAST_STEPS = 3;
/** A side that takes this long a step, and so many times the fastest, is timed once and sits out the other rounds. */
const SLOW = { microseconds: 50_000, times: 8 };

/**
 * Measures, and gives one entry for each net and side: `microseconds` of a step, or `failure`, with `agreement` and `note`.
 * `settings`: `rounds`, `warmUpSeconds`, `seconds` of a window, `node`, and `log` for what is going on.
 */
export async function measureSteps(nets, sides, settings) {
  const entries = [];
  for (const net of nets) {
    const contestants = sides.flatMap((side) => contestant(net, side));
    for (let round = 1; round <= settings.rounds; round++) {
      for (const each of contestants) {
        if (each.entry.failure !== undefined || isFarBehind(each, contestants)) continue;
        settings.log(`${net.name}, round ${round}: ${each.side.name}`);
        await runOnce(each, settings);
      }
    }
    entries.push(...contestants.map(({ entry }) => finished(entry)));
  }
  return entries;
}

function isFarBehind({ entry }, contestants) {
  const [first] = entry.rounds;
  const fastest = Math.min(...contestants.flatMap(({ side, entry }) => (side.kind === "limit" ? [] : entry.rounds)));
  return first > SLOW.microseconds && first > SLOW.times * fastest;
}

/** A side that takes part with a net, and what is known about it. */
function contestant(net, side) {
  if (flopsOf(net) > (side.mostGflop ?? Infinity) * 1e9) return [];
  const nearest = side.computes === undefined ? { net, note: null } : side.computes(net);
  if (nearest === null) return [];
  return [{ side, net: nearest.net, entry: { net: net.name, side: side.name, note: nearest.note, rounds: [] } }];
}

async function runOnce({ side, net, entry }, settings) {
  const file = fileOf(net);
  const reference = side.kind === "limit" ? null : await referenceFor(net, file);
  const child = startSide(side, { net, file }, settings);
  try {
    const check = await child.next();
    if (reference !== null) {
      const agreement = compared(check, reference);
      entry.agreement = worse(agreement, entry.agreement);
      if (!agreement.agrees) {
        entry.failure = "does not agree with the reference, so it was not timed";
        return;
      }
    }
    child.tell({ warmUpSeconds: settings.warmUpSeconds, seconds: settings.seconds, leastSteps: LEAST_STEPS });
    const { steps, seconds } = await child.next();
    entry.rounds.push((seconds / steps) * 1e6);
  } catch (error) {
    entry.failure = error.message;
  } finally {
    await child.end();
  }
}

const worse = (a, b) => (b === undefined || a.weights > b.weights || !a.agrees ? a : b);

function finished({ rounds, ...entry }) {
  return rounds.length === 0 ? entry : { ...entry, microseconds: spread(rounds), rounds };
}
