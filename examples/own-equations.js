// Equations of your own: a graph, its gradient, and the gradient of that. Run with: node examples/own-equations.js
import { engineFrom } from "backpass/engine";
import { axis, backpropagate, contract, map, reduce, variable } from "backpass/graph";

// C = Σ_j tanh(Σ_k w_jk x_k)², by w; then how that gradient's squared length changes with x.
const j = axis("j", 2);
const k = axis("k", 3);
const w = variable("w", [j, k]);
const x = variable("x", [k]);
const cost = reduce("sum", map("tanh(z)^2", { z: contract(w, x, [j]) }), []);
const [byWeights] = backpropagate(cost, [w]).values();
const length = reduce("sum", map("g^2", { g: byWeights }), []);
const [byInputs] = backpropagate(length, [x]).values();

const session = engineFrom("reference").open();
session.write(w, [0.5, -0.25, 0.1, 0.3, 0.2, -0.4]);
session.write(x, [1, 2, -1]);
const executable = session.prepare({ outputs: { cost, byWeights, byInputs }, updates: [] });
executable.run({ inputs: new Map() });
for (const name of ["cost", "byWeights", "byInputs"]) console.log(name, [...executable.output(name)]);
