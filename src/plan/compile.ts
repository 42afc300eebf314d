import { internalError } from "../errors.ts";
import type { Node } from "../graph/node.ts";
import type { Program } from "../graph/program.ts";
import { type Lifetime, planArena } from "./arena.ts";
import { canonicalProgram } from "./canonical.ts";
import type { CompiledPlan, Place, Storage } from "./compiled-plan.ts";
import { InstructionWriter } from "./instruction-writer.ts";
import type { Instruction } from "./instruction.ts";
import type { MemoryRange } from "./memory-use.ts";
import { inspectCompiled } from "./inspection.ts";
import { floatsOf, strideOf } from "./layout.ts";
import { type Schedule, schedule, type Task } from "./schedule.ts";

/**
 * Makes a program flat: canonical form, order and fusion, places in one arena, instructions.
 */
export function compilePlan(program: Program, storage: Storage): CompiledPlan {
  const canonical = canonicalProgram(program);
  const scheduled = schedule(canonical);
  const emitter = new PlanEmitter(canonical, scheduled, storage);
  const plan = emitter.emit();
  inspectCompiled(plan);
  return plan;
}

export type { CompiledPlan, Place, Storage } from "./compiled-plan.ts";

/** Holds what the emission of one plan needs at every turn. */
class PlanEmitter {
  readonly #program: Program;
  readonly #schedule: Schedule;
  readonly #places = new Map<Node, Place>();
  /** The updates that a node is the value of: the variable's name, and which of the program's updates it is. */
  readonly #updatesOf = new Map<Node, { readonly name: string; readonly position: number }[]>();
  readonly #storage: Storage;
  readonly #blocks = new Map<number, MemoryRange>();
  /** What is to be there after the run. */
  readonly #kept: Place[] = [];
  readonly #writer = new InstructionWriter((node) => this.#places.get(node) ?? null);

  constructor(program: Program, scheduled: Schedule, storage: Storage) {
    this.#program = program;
    this.#schedule = scheduled;
    this.#storage = {
      variable: (node) => this.#block(storage.variable(node), floatsOf(node.axes)),
      allocate: (floats) => this.#block(storage.allocate(floats), floats),
    };
    for (const [position, { target, value }] of program.updates.entries()) {
      const known = this.#updatesOf.get(value);
      if (known === undefined) this.#updatesOf.set(value, [{ name: target.name, position }]);
      else known.push({ name: target.name, position });
    }
  }

  emit(): CompiledPlan {
    const nodes = this.#allNodes();
    const constants = nodes.filter((node) => node.kind === "constant" || node.kind === "index");
    const counts = nodes.filter((node) => node.kind === "count");
    for (const node of [...constants, ...counts]) this.#put(node, this.#storage.allocate(floatsOf(node.axes)));
    for (const node of nodes) if (node.kind === "variable") this.#put(node, this.#storage.variable(node));
    for (const [node, target] of this.#schedule.inPlace) {
      this.#put(node, this.#storage.variable(target));
      this.#kept.push(this.#place(node));
    }

    const arenaFloats = this.#placeInArena(nodes);
    const { outputs, copies } = this.#outputs();
    const tasks = this.#schedule.tasks.map((task) => this.#writer.instruction(task));
    const instructions = [...copies, ...tasks, ...this.#moves()];
    return {
      instructions,
      names: new Map(tasks.map((instruction, i) => [instruction, this.#namesOf(this.#schedule.tasks[i]!)])),
      arenaFloats,
      variableAxes: this.#writer.variableAxes,
      inputs: new Map(nodes.filter((node) => node.kind === "input").map((node) => [node, this.#place(node)])),
      outputs,
      constants: constants.map((node) => ({
        place: this.#place(node),
        value: node.kind === "constant" ? node.value : null,
      })),
      counts: counts.map((node) => ({ place: this.#place(node), axis: node.axis })),
      tensors: {
        blocks: [...this.#blocks.values()],
        given: nodes.filter(isThereBefore).map((node) => this.#place(node)),
        kept: [...this.#kept, ...Object.values(outputs)],
        touched: this.#writer.touched,
      },
    };
  }

  #block(start: number, floats: number): number {
    // One of no floats begins where the next one does.
    if (floats > 0) this.#blocks.set(start, { start, end: start + floats });
    return start;
  }

  /** Everything that is computed or used, each once. */
  #allNodes(): readonly Node[] {
    const roots = [...Object.values(this.#program.outputs), ...this.#program.updates.map(({ value }) => value)];
    return [...new Set([...this.#schedule.users.keys(), ...this.#schedule.taskOf.keys(), ...roots])];
  }

  #put(node: Node, offset: number): void {
    this.#places.set(node, { axes: node.axes, matrix: { offset, stride: strideOf(node.axes) } });
  }

  #place(node: Node): Place {
    const place = this.#places.get(node);
    if (place === undefined) throw internalError(`plan: a ${node.kind} node has no place in memory.`);
    return place;
  }

  /** Gives every tensor that passes between tasks a place for as long as it is needed. */
  #placeInArena(nodes: readonly Node[]): number {
    const { taskOf, users, tasks } = this.#schedule;
    const end = tasks.length;
    const isKept = new Set([
      ...Object.values(this.#program.outputs),
      ...this.#schedule.moves.map(({ value }) => value),
    ]);
    const lifetimes: Lifetime<Node>[] = [];
    for (const node of nodes) {
      const from = taskOf.get(node) ?? -1;
      if (this.#places.has(node) || (from < 0 && node.kind !== "input")) continue;
      const uses = (users.get(node) ?? []).map((user) => taskOf.get(user) ?? end);
      const to = isKept.has(node) ? end : Math.max(from, ...uses);
      if (node.kind === "input" || isKept.has(node) || this.#isStored(node, from)) {
        lifetimes.push({ key: node, floats: floatsOf(node.axes), from, to });
      }
    }
    const arena = planArena(lifetimes);
    const start = this.#storage.allocate(arena.floats);
    for (const [node, offset] of arena.offsets) this.#put(node, start + offset);
    return arena.floats;
  }

  /** False for what lives only inside a task: a fused map's inner value, a product on its way to its sum. */
  #isStored(node: Node, position: number): boolean {
    const task = this.#schedule.tasks[position];
    if (task?.kind === "multiply") return task.result === node;
    if (task?.kind !== "map") return true;
    return (this.#schedule.users.get(node) ?? []).some((user) => this.#schedule.taskOf.get(user) !== position);
  }

  #namesOf(task: Task): readonly string[] {
    const nodes: readonly Node[] =
      task.kind === "map" ? task.nodes : task.kind === "multiply" ? [task.node, task.result] : [task.node];
    const updates = nodes.flatMap((node) => this.#updatesOf.get(node) ?? []);
    const updated = updates.toSorted((one, other) => one.position - other.position).map(({ name }) => name);
    const labeled = nodes.flatMap(({ label }) => (label === null ? [] : [`${label.symbol}${label.layer ?? ""}`]));
    return [...new Set([...labeled, ...updated])];
  }

  /** Where outputs are found; a variable that will be updated is copied first, since an output is the value before. */
  #outputs(): { readonly outputs: Readonly<Record<string, Place>>; readonly copies: readonly Instruction[] } {
    const targets = new Set<Node>(this.#program.updates.map(({ target }) => target));
    const copies: Instruction[] = [];
    const outputs: Record<string, Place> = {};
    for (const [name, node] of Object.entries(this.#program.outputs)) {
      outputs[name] = targets.has(node) ? this.#aside(this.#place(node)) : this.#place(node);
      if (targets.has(node)) copies.push(this.#writer.copy(this.#place(node), outputs[name]));
    }
    return { outputs, copies };
  }

  /** Memory of this plan's own for another copy of a tensor. */
  #aside({ axes, matrix }: Place): Place {
    return { axes, matrix: { offset: this.#storage.allocate(floatsOf(axes)), stride: matrix.stride } };
  }

  /** Copies for the updates that could not be written in place; first aside, where one reads another's target. */
  #moves(): readonly Instruction[] {
    const aside = this.#schedule.moves.map(({ value, target }) => {
      if (value.kind !== "variable") return { from: this.#place(value), target, copy: null };
      const from = this.#aside(this.#place(value));
      return { from, target, copy: this.#writer.copy(this.#place(value), from) };
    });
    return [
      ...aside.flatMap(({ copy }) => (copy === null ? [] : [copy])),
      ...aside.map(({ from, target }) => {
        const offset = this.#storage.variable(target);
        const place = { axes: target.axes, matrix: { offset, stride: strideOf(target.axes) } };
        this.#kept.push(place);
        return this.#writer.copy(from, place);
      }),
    ];
  }
}

/** True for what no instruction computes: the host writes it, or it never changes, or the last run left it. */
function isThereBefore({ kind }: Node): boolean {
  return ["input", "constant", "index", "count", "variable"].includes(kind);
}
