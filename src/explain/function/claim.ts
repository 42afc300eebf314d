/**
 * How a claim is known: `proved` by leading behavior and by intervals that contain every value, or found from values on a
 * stretch of the line, beyond which nothing is said.
 */
export type Basis = "proved" | { readonly foundOn: readonly [from: number, to: number] };

/** What is said of a derivative, one sentence each. Numbers come with bounds that contain the true one. */
export type Claim = LimitClaim | LargestClaim | KinkClaim | JumpClaim | DomainClaim | PeriodClaim | OpenClaim;

/** What the derivative does far away. */
export interface LimitClaim {
  readonly kind: "limit";
  readonly toward: "minusInfinity" | "plusInfinity";
  /** A number, ±∞ when it grows or falls without bound. */
  readonly value: number | "oscillates" | "undefined";
  readonly basis: "proved";
}

/** Where the magnitude of the derivative is largest. */
export interface LargestClaim {
  readonly kind: "largest";
  readonly value: Largest;
  readonly basis: Basis;
}

/** The magnitude is a number between `bounds`; the bounds are equal when it is exact. */
export type Largest =
  /** It is taken at these places, or very near them; at one of them it is largest. */
  | {
      readonly kind: "points";
      readonly at: readonly number[];
      /** Whether these are the very places. */
      readonly isExact: boolean;
      readonly magnitude: number;
      readonly bounds: readonly [number, number];
    }
  /** It is taken at many places: on a whole interval, or again and again. */
  | {
      readonly kind: "many";
      readonly around: number;
      readonly magnitude: number;
      readonly bounds: readonly [number, number];
    }
  /** It comes as close as one likes to it, toward an infinity or a place where the slope jumps. */
  | {
      readonly kind: "approached";
      readonly toward: readonly (number | "minusInfinity" | "plusInfinity")[];
      readonly magnitude: number;
      readonly bounds: readonly [number, number];
    }
  /** It is this large; where was not found. */
  | { readonly kind: "value"; readonly magnitude: number; readonly bounds: readonly [number, number] }
  /** There is no largest one: it grows without bound. */
  | { readonly kind: "unbounded"; readonly toward: readonly (number | "minusInfinity" | "plusInfinity")[] };

/** A place where the slope jumps and the function does not. */
export interface KinkClaim {
  readonly kind: "kink";
  readonly at: number;
  readonly isExact: boolean;
  /** One-sided slopes; infinite where the curve becomes vertical. */
  readonly left: number;
  readonly right: number;
  /** The slope that is used at the place itself; null where the place is not a number of the machine. */
  readonly used: number | null;
  readonly basis: "proved";
}

/** A place where the function itself jumps. */
export interface JumpClaim {
  readonly kind: "jump";
  readonly at: number;
  readonly left: number;
  readonly right: number;
  readonly basis: "proved";
}

/** Where the function has a value: a union of ranges. */
export interface DomainClaim {
  readonly kind: "domain";
  readonly ranges: readonly Range[];
  readonly basis: "proved";
}

/** From `from` to `to`, each end in it or not. */
export interface Range {
  readonly from: number;
  readonly to: number;
  readonly hasFrom: boolean;
  readonly hasTo: boolean;
}

/** Function and derivative repeat themselves; kinks and jumps are those of one period around 0. */
export interface PeriodClaim {
  readonly kind: "period";
  readonly period: number;
  readonly basis: "proved";
}

/** What was looked for on a part of the line only. */
export interface OpenClaim {
  readonly kind: "open";
  readonly what: "kinks";
  readonly basis: { readonly foundOn: readonly [number, number] };
}
