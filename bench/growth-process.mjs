// The measuring of growth in a process of its own, on the Node that is asked for: node growth-process.mjs
// '{"engines", "rounds", "seconds"}' tells its entries.
import { growthOf } from "./growth.mjs";

const { engines, ...settings } = JSON.parse(process.argv[2]);
const log = (text) => process.stderr.write(`${text}\n`);
process.stdout.write(`${JSON.stringify({ entries: growthOf(engines, { ...settings, log }) })}\n`);
