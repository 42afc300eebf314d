export { digits } from "../data/bundled/digits.ts";
