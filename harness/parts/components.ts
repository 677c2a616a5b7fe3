import { Floats, Ints } from '../lib/columns.ts';
import { Names } from '../lib/names.ts';

/** Union-find: what belongs together, and how many bytes it has. Nodes are numbered from 0 as they are added. */
export class Components {
  readonly #parent = new Ints();
  readonly #bytes = new Floats();

  get size(): number {
    return this.#parent.length;
  }

  add(): number {
    this.#bytes.push(0);
    return this.#parent.push(this.#parent.length);
  }

  /** The node that stands for the component of this one. */
  of(node: number): number {
    let at = node;
    for (let up = this.#parent.at(at); up !== at; up = this.#parent.at(at)) {
      this.#parent.set(at, this.#parent.at(up));
      at = up;
    }
    return at;
  }

  join(one: number, other: number): void {
    const [a, b] = [this.of(one), this.of(other)];
    // The one that was there first stands for both: shards before keys, and the same in every run.
    if (a !== b) this.#parent.set(Math.max(a, b), Math.min(a, b));
  }

  weigh(node: number, bytes: number): void {
    this.#bytes.set(node, this.#bytes.at(node) + bytes);
  }

  /** Of every component its bytes. */
  weights(): ReadonlyMap<number, number> {
    const weights = new Map<number, number>();
    for (let node = 0; node < this.size; node += 1) {
      const component = this.of(node);
      weights.set(component, (weights.get(component) ?? 0) + this.#bytes.at(node));
    }
    return weights;
  }
}

/** Names, each with a node of its own. */
export class NamedNodes {
  readonly names = new Names();
  readonly #components: Components;
  readonly #nodes = new Ints();

  constructor(components: Components) {
    this.#components = components;
  }

  /** Of the name with this id. */
  node(id: number): number {
    while (this.#nodes.length <= id) this.#nodes.push(this.#components.add());
    return this.#nodes.at(id);
  }

  of(name: string): number {
    return this.node(this.names.id(name));
  }
}
