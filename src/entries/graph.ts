export { backpropagate } from "../graph/index.ts";
export {
  axis,
  constant,
  contract,
  count,
  describeAxes,
  hold,
  index,
  input,
  map,
  type MapOptions,
  random,
  reduce,
  rename,
  variable,
} from "../graph/index.ts";
export {
  type Axis,
  type ConstantNode,
  type ContractNode,
  type CountNode,
  type HoldNode,
  type IndexNode,
  type InputNode,
  type Label,
  type MapNode,
  type Node,
  type NodeKind,
  operandsOf,
  type RandomNode,
  type ReduceNode,
  type Reduction,
  type RenameNode,
  type VariableNode,
} from "../graph/index.ts";
export { topologicalOrder } from "../graph/index.ts";
export type { Program, Update } from "../graph/index.ts";
export type { BackpropagateOptions } from "../graph/backpropagate.ts";
