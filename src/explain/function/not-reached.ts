/** Thrown inside an analysis where it does not reach; what is known then is nothing. Caught where the claim would be made. */
export class NotReached extends Error {
  constructor(what: string) {
    super(`not reached: ${what}`);
    this.name = "NotReached";
  }
}

/** Thrown where a formula has no real value: the logarithm of a negative number. */
export class NotDefined extends Error {
  constructor() {
    super("no real value");
    this.name = "NotDefined";
  }
}
