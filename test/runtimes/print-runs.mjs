// For runtimes without a page: runs with the numbers of threads given as arguments, and prints each outcome as a line of JSON.
import process from "node:process";
import { threadedRun } from "./threaded-run.mjs";

for (const threads of process.argv.slice(2).map(Number)) {
  console.log(JSON.stringify({ asked: threads, ...(await threadedRun(threads)) }));
}
