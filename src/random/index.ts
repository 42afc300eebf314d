export { exp, log, pow } from "./deterministic-math.ts";
export { cos, cosPi, sin, sinPi } from "./deterministic-trigonometry.ts";
export { fillNormal } from "./normal.ts";
export { fillUniform, integersBelow, type Sequence } from "./philox.ts";
export { checkedSeed } from "./seed.ts";
export { permutation, shuffle } from "./shuffle.ts";
export { dataStream, dropoutStream, initialWeightsStream, splitStream } from "./streams.ts";
