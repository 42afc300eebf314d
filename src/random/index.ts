export { exp, log, pow } from "./deterministic-math.ts";
export { cos, cosPi, sin, sinPi } from "./deterministic-trigonometry.ts";
export { fillNormal } from "./normal.ts";
export { fillUniform, fillWords, integersBelow, philox4x32, type Sequence, uniform, type Words4 } from "./philox.ts";
export { checkedSeed } from "./seed.ts";
export { permutation, shuffle } from "./shuffle.ts";
export { dataStream, dropoutStream, initialWeightsStream, shuffleStream, splitStream } from "./streams.ts";
