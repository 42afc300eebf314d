import { OptionError } from "../../errors.ts";
import type { EpochMoment } from "./training-options.ts";
import type { TrainingState } from "./training-state.ts";

/** What a callback gets beside the report. The state is read once, when it is asked for, and until `end` is called. */
export function epochMoment(stateNow: () => Promise<TrainingState>): {
  readonly moment: EpochMoment;
  readonly end: () => void;
} {
  let isOver = false;
  let state: Promise<TrainingState> | null = null;
  return {
    moment: {
      state: async () => {
        if (isOver) {
          throw new OptionError({
            where: ["train", "onEpoch", "state"],
            expected: "to be called before the callback has answered",
            got: "a call afterwards",
            advice: "Write onEpoch: async (report, moment) => { const state = await moment.state(); … }.",
          });
        }
        state ??= stateNow();
        return state;
      },
    },
    end: () => {
      isOver = true;
    },
  };
}
