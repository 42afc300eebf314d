import type { Score } from "../scores/evaluate.ts";

/** How training stands after an epoch. */
export interface EpochReport {
  /** This epoch, from 1. */
  readonly epoch: number;
  /** How many there are to be. */
  readonly epochs: number;
  /** Steps done in all. */
  readonly steps: number;
  /** Mean cost of the epoch's examples, each as its step found it, before the update. */
  readonly cost: number;
  /** η of the epoch's last step. */
  readonly learningRate: number;
  /** Of this epoch, validation included. */
  readonly seconds: number;
  /** Training examples per second, validation not included. */
  readonly examplesPerSecond: number;
  readonly validation?: Score;
}
