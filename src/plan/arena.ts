/** A tensor's need of memory: `floats` from task `from` (−1: before the first) to task `to`, both included. */
export interface Lifetime<Key> {
  readonly key: Key;
  readonly floats: number;
  readonly from: number;
  readonly to: number;
}

/** Offsets such that tensors whose lifetimes overlap do not. */
export interface Arena<Key> {
  readonly offsets: ReadonlyMap<Key, number>;
  readonly floats: number;
}

/**
 * First fit, largest tensors first: each goes to the lowest offset where it fits between those alive at the same time.
 * Within a few percent of the peak need for networks; O(n²) for n tensors, so long programs go in order of time instead.
 */
export function planArena<Key>(lifetimes: readonly Lifetime<Key>[]): Arena<Key> {
  return lifetimes.length <= MAX_EXACT ? bySize(lifetimes) : byTime(lifetimes);
}

const MAX_EXACT = 2000;

function bySize<Key>(lifetimes: readonly Lifetime<Key>[]): Arena<Key> {
  const placed: (Lifetime<Key> & { readonly offset: number })[] = [];
  let floats = 0;
  for (const each of lifetimes.toSorted((one, other) => other.floats - one.floats || one.from - other.from)) {
    const neighbors = placed
      .filter(({ from, to }) => from <= each.to && each.from <= to)
      .toSorted((one, other) => one.offset - other.offset);
    let offset = 0;
    for (const neighbor of neighbors) {
      if (offset + each.floats <= neighbor.offset) break;
      offset = Math.max(offset, neighbor.offset + neighbor.floats);
    }
    placed.push({ ...each, offset });
    floats = Math.max(floats, offset + each.floats);
  }
  return { offsets: new Map(placed.map(({ key, offset }) => [key, offset])), floats };
}

/** As allocations and frees would go, with one list of free blocks per size. */
function byTime<Key>(lifetimes: readonly Lifetime<Key>[]): Arena<Key> {
  const offsets = new Map<Key, number>();
  const free = new Map<number, number[]>();
  const endings = new Map<number, Lifetime<Key>[]>();
  let floats = 0;
  let clock = -1;
  for (const each of lifetimes.toSorted((one, other) => one.from - other.from)) {
    for (; clock < each.from; clock++) {
      for (const ended of endings.get(clock) ?? []) {
        const offset = offsets.get(ended.key)!;
        const blocks = free.get(ended.floats);
        if (blocks === undefined) free.set(ended.floats, [offset]);
        else blocks.push(offset);
      }
      endings.delete(clock);
    }
    let offset = free.get(each.floats)?.pop();
    if (offset === undefined) {
      offset = floats;
      floats += each.floats;
    }
    offsets.set(each.key, offset);
    const ending = endings.get(each.to);
    if (ending === undefined) endings.set(each.to, [each]);
    else ending.push(each);
  }
  return { offsets, floats };
}
