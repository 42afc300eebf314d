// Every side, in the order of the tables. A side is
// - `name`, `label`, and `kind`: "backpass", "javascript", "native" or "limit";
// - `module` and `settings` for side-process.mjs, or `command(job)`: program and arguments; `environment`;
// - `missing()`: what there is to install, or null; `package` on npm, or `version()`;
// - `computes(net)`, where it cannot compute the net itself: `{ net, note }`, the nearest it can; null for none;
// - `learns`: true where it can be trained on images and judged (learn-process.mjs);
// - `mostGflop`: largest step it is asked to do.
import { sides as backpass } from "./backpass.mjs";
import { sides as train } from "./backpass-train.mjs";
import { sides as fann } from "./fann.mjs";
import { sides as javascript } from "./javascript.mjs";
import { sides as limits } from "./limits.mjs";
import { sides as pytorch } from "./pytorch.mjs";

export const sides = [...backpass, ...train, ...javascript, ...pytorch, ...fann, ...limits];
