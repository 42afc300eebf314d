export { backpropagate, type BackpropagateOptions } from "./backpropagate.ts";
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
} from "./build.ts";
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
  type RenameNode,
  type Reduction,
  type VariableNode,
} from "./node.ts";
export { topologicalOrder } from "./order.ts";
export type { Program, Update } from "./program.ts";
