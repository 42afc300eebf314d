import { formatDuration, formatNumber } from "../../page/format-number.ts";
import { eraseLine, joinedText, type Shown, styled } from "./styled-text.ts";
import type { Terminal } from "./terminal.ts";

/** What is known after an epoch, for people to read. */
export interface Progress {
  /** Epochs done, from 1. */
  readonly epoch: number;
  readonly epochs: number;
  readonly cost: number;
  /** Own cost of the validation examples, without the penalty; null when not measured. */
  readonly validationCost: number | null;
  /** True for the best epoch so far. */
  readonly isBest: boolean;
  /** On the validation examples, as "accuracy 97.2 %"; null when not measured. */
  readonly quality: string | null;
  readonly examplesPerSecond: number;
  /** Since the start of training. */
  readonly seconds: number;
}

/** Shows progress; `end` leaves the cursor at the start of a fresh line. */
export interface ProgressDisplay {
  show(progress: Progress): void;
  end(): void;
}

const BAR_WIDTH = 20;
/** Redrawing more often than 20 times a second costs time and shows nothing more. */
const REDRAW_SECONDS = 0.05;

/** A bar with epoch, cost, accuracy, speed and time left, redrawn in place on `terminal.err`. */
export function progressBar(terminal: Terminal): ProgressDisplay {
  let drawnAt = -Infinity;
  let isDrawn = false;
  return {
    show: (progress) => {
      const isLast = progress.epoch === progress.epochs;
      if (!isLast && progress.seconds - drawnAt < REDRAW_SECONDS) return;
      drawnAt = progress.seconds;
      isDrawn = true;
      terminal.err(joinedText([eraseLine, ...barLine(progress, terminal)]));
    },
    end: () => {
      if (isDrawn) terminal.err("\n");
      isDrawn = false;
    },
  };
}

/** One plain line an epoch on `terminal.out`: for files, pipes and continuous integration. */
export function progressLines(terminal: Terminal): ProgressDisplay {
  return {
    show: (progress) => terminal.out(`${describe(progress).join("  ")}\n`),
    end: () => {},
  };
}

/** Nothing, for `--quiet`. */
export const noProgress: ProgressDisplay = { show: () => {}, end: () => {} };

function barLine(progress: Progress, terminal: Terminal): readonly Shown[] {
  const done = Math.round((BAR_WIDTH * progress.epoch) / progress.epochs);
  const [full, empty] = terminal.isUnicode ? ["█", "░"] : ["#", "-"];
  const [filled, open] = [full.repeat(done), empty.repeat(BAR_WIDTH - done)];
  const bar = terminal.hasColor ? [styled(32, filled), styled("2;32", open)] : [filled + open];
  // Time left: the epochs to come take as long as those done, on average.
  const secondsLeft = (progress.seconds / progress.epoch) * (progress.epochs - progress.epoch);
  const words = [...describe(progress), `${formatDuration(secondsLeft)} left`];
  // Parts that do not fit are dropped from the end: a line that wraps could not be redrawn in place.
  while (words.length > 1 && BAR_WIDTH + 1 + words.join("  ").length >= terminal.columns()) words.pop();
  return [...bar, ` ${words.join("  ")}`];
}

function describe(progress: Progress): string[] {
  const epoch = `epoch ${String(progress.epoch).padStart(String(progress.epochs).length)}/${progress.epochs}`;
  const speed = `${formatNumber(progress.examplesPerSecond, 3)} examples/s`;
  const quality = progress.quality === null ? [] : [progress.quality];
  const held = progress.validationCost === null ? [] : [`validation ${formatNumber(progress.validationCost)}`];
  const best = progress.isBest ? ["best"] : [];
  return [epoch, `cost ${formatNumber(progress.cost)}`, ...held, ...quality, ...best, speed];
}
