import { Floats, Ints } from '../lib/columns.ts';
import { Names } from '../lib/names.ts';

/** Union-find with the size in bytes of each component. Nodes are numbered from 0 in the order they are added. */
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

  /** The representative of this node's component. */
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
    // The older node represents both, so that the result is the same in every run, and shards come before keys.
    if (a !== b) this.#parent.set(Math.max(a, b), Math.min(a, b));
  }

  weigh(node: number, bytes: number): void {
    this.#bytes.set(node, this.#bytes.at(node) + bytes);
  }

  /** The bytes of every component. */
  weights(): ReadonlyMap<number, number> {
    const weights = new Map<number, number>();
    for (let node = 0; node < this.size; node += 1) {
      const component = this.of(node);
      weights.set(component, (weights.get(component) ?? 0) + this.#bytes.at(node));
    }
    return weights;
  }
}

/** Names with one node each. */
export class NamedNodes {
  readonly names = new Names();
  readonly #components: Components;
  readonly #nodes = new Ints();

  constructor(components: Components) {
    this.#components = components;
  }

  /** The node of the name with this id. */
  node(id: number): number {
    while (this.#nodes.length <= id) this.#nodes.push(this.#components.add());
    return this.#nodes.at(id);
  }

  of(name: string): number {
    return this.node(this.names.id(name));
  }
}
