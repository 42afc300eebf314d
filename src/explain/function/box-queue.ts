/** A queue that gives the item of the largest rank first: a binary heap. */
export class BoxQueue<Item> {
  private readonly heap: Item[] = [];
  private readonly rank: (item: Item) => number;

  constructor(rank: (item: Item) => number) {
    this.rank = rank;
  }

  items(): readonly Item[] {
    return this.heap;
  }

  peek(): Item | undefined {
    return this.heap[0];
  }

  push(item: Item): void {
    this.heap.push(item);
    let place = this.heap.length - 1;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.isBefore(place, parent)) return;
      this.swap(place, parent);
      place = parent;
    }
  }

  pop(): Item | undefined {
    const first = this.heap[0];
    const last = this.heap.pop();
    if (last === undefined || this.heap.length === 0) return first;
    this.heap[0] = last;
    let place = 0;
    for (;;) {
      let larger = place;
      for (const child of [2 * place + 1, 2 * place + 2])
        if (child < this.heap.length && this.isBefore(child, larger)) larger = child;
      if (larger === place) return first;
      this.swap(place, larger);
      place = larger;
    }
  }

  private isBefore(one: number, other: number): boolean {
    const [a, b] = [this.heap[one], this.heap[other]];
    return a !== undefined && b !== undefined && this.rank(a) > this.rank(b);
  }

  private swap(one: number, other: number): void {
    const [a, b] = [this.heap[one], this.heap[other]];
    if (a === undefined || b === undefined) return;
    this.heap[one] = b;
    this.heap[other] = a;
  }
}
