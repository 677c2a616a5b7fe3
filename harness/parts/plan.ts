import { createHash } from 'node:crypto';
import { numberedTwice } from '../checks/streaming/op-numbers.ts';
import type { Names } from '../lib/names.ts';
import { Components, NamedNodes } from './components.ts';
import { numbersOf } from './numbers-apart.ts';
import { packed } from './pack.ts';
import type { PartHead } from './part-head.ts';
import type { PieceFacts } from './piece-facts.ts';
import { overlap } from './stretches.ts';
import { unfit, unordered } from './survey.ts';

/** Assigns the lines of a history to parts, if it is split in pieces on several machines. */
export type Plan = {
  /** Why the history is judged by one process; undefined if it is not. */
  readonly whole?: string;
  readonly head: Omit<PartHead, 'part'>;
  /** By part. Keys and shards that are not listed belong to part 0. */
  readonly shards: readonly (readonly string[])[];
  readonly keys: readonly (readonly string[])[];
  readonly pieces: readonly PlanOfPiece[];
};

export type PlanOfPiece = {
  /** The offset of the piece in its file, which identifies it. */
  readonly at: number;
  /** Lines of the history before it. */
  readonly before: number;
  /** Calls of other pieces that this one answers, with the part of each record. */
  readonly calls: readonly (readonly [op: number, parts: readonly number[]])[];
};

export type Piece = { readonly at: number; readonly facts: PieceFacts };

/** Makes the plan from the facts of all pieces, in order. */
export const planOf = (history: string, pieces: readonly Piece[], parts: number): Plan =>
  new Planning(pieces).plan(history, parts);

class Planning {
  readonly #pieces: readonly Piece[];
  readonly #components = new Components();
  readonly #shards = new NamedNodes(this.#components);
  readonly #keys = new NamedNodes(this.#components);
  /** Calls not answered in their own piece, with the node of each record's key. */
  readonly #open = new Map<number, readonly number[]>();
  readonly #chains = new Map<number, number>();
  #whole: string | undefined;

  constructor(pieces: readonly Piece[]) {
    this.#pieces = pieces;
  }

  plan(history: string, parts: number): Plan {
    const answered = this.#pieces.map(({ facts }, index) => this.#take(facts, index));
    this.#holdOrder();
    const facts = this.#pieces.map((piece) => piece.facts);
    const partOf = packed(this.#components.weights(), parts);
    const place = (node: number): number => partOf.get(this.#components.of(node)) ?? 0;
    const whole = this.#whole;
    let before = 0;
    return {
      ...(whole === undefined ? {} : { whole }),
      head: headOf(history, parts, facts, (piece, shard) => this.#shards.names.id(facts[piece]?.shards[shard] ?? '')),
      shards: byPart(parts, this.#shards.names, (id) => place(this.#shards.node(id))),
      keys: byPart(parts, this.#keys.names, (id) => place(this.#keys.node(id))),
      pieces: this.#pieces.map(({ at, facts: { lines } }, index) => {
        const calls = (answered[index] ?? []).map(([op, nodes]) => [op, nodes.map(place)] as const);
        const own = { at, before, calls };
        before += lines;
        return own;
      }),
    };
  }

  /** Takes the facts of a piece. Returns the calls of earlier pieces that it answers. */
  #take(facts: PieceFacts, index: number): readonly (readonly [op: number, nodes: readonly number[]])[] {
    const isLast = index === this.#pieces.length - 1;
    const why = facts.error ?? facts.odd ?? (facts.isCut && !isLast ? 'a line that is not JSON' : undefined);
    if (why !== undefined) this.#whole ??= why;
    const shards = facts.shards.map((name) => this.#shards.of(name));
    const keys = facts.keys.map((name) => this.#keys.of(name));
    for (const component of facts.components) {
      const nodes = [...component.shards.map((id) => shards[id]), ...component.keys.map((id) => keys[id])] as number[];
      for (const node of nodes) this.#components.join(nodes[0] as number, node);
      if (nodes[0] !== undefined) this.#components.weigh(nodes[0], component.bytes);
    }
    for (const [chain, shard] of facts.chains) {
      const node = shards[shard] as number;
      this.#components.join(this.#chains.get(chain) ?? node, node);
      this.#chains.set(chain, node);
    }
    const answered = facts.foreign.map(([op, results]) => [op, this.#answered(op, results, shards)] as const);
    for (const [op, own] of facts.open)
      this.#open.set(
        op,
        own.map((id) => keys[id] as number),
      );
    return answered;
  }

  #answered(op: number, results: readonly number[] | null, shards: readonly number[]): readonly number[] {
    const nodes = this.#open.get(op);
    this.#open.delete(op);
    if (nodes === undefined || (results !== null && results.length !== nodes.length)) this.#whole ??= unfit;
    for (const [index, shard] of (results ?? []).entries()) {
      const node = nodes?.[index];
      if (node !== undefined && shard >= 0) this.#components.join(node, shards[shard] as number);
    }
    return nodes ?? [];
  }

  /** Checks that times do not decrease, and that no op is used twice. */
  #holdOrder(): void {
    const facts = this.#pieces.map((piece) => piece.facts);
    if (overlap(facts.flatMap(({ ops }) => ops))) this.#whole ??= numberedTwice;
    let last = Number.NEGATIVE_INFINITY;
    for (const { firstT, lastT } of facts) {
      if (firstT !== null && firstT < last) this.#whole ??= unordered;
      last = Math.max(last, lastT ?? last);
    }
  }
}

const byPart = (parts: number, names: Names, partOf: (id: number) => number): readonly (readonly string[])[] => {
  const lists: string[][] = Array.from({ length: parts }, () => []);
  for (let id = 0; id < names.size; id += 1) lists[partOf(id)]?.push(names.name(id));
  return lists;
};

const headOf = (
  history: string,
  parts: number,
  facts: readonly PieceFacts[],
  shardOf: (piece: number, shard: number) => number,
): Omit<PartHead, 'part'> => {
  const sum = (of: (piece: PieceFacts) => number): number => facts.reduce((all, piece) => all + of(piece), 0);
  const [lines, bytes] = [sum((piece) => piece.lines), sum((piece) => piece.bytes)];
  const last = Math.max(...facts.map(({ lastT }) => lastT ?? Number.NEGATIVE_INFINITY));
  const split = createHash('sha256').update(`${facts[0]?.first} ${history}\n${lines} ${bytes}`);
  return {
    format: 'kinesis-order-part',
    version: 1,
    history,
    of: parts,
    split: split.digest('hex').slice(0, 16),
    inFlightMax: inFlightMaxOf(facts),
    lastT: Number.isFinite(last) ? last : null,
    isWhole: facts.at(-1)?.isCut !== true,
    numbers: numbersOf(
      facts.map(({ numbers }) => numbers),
      shardOf,
    ),
  };
};

const inFlightMaxOf = (facts: readonly PieceFacts[]): number => {
  let [now, most] = [0, 0];
  for (const { inFlight, inFlightMax } of facts) {
    most = Math.max(most, now + inFlightMax);
    now += inFlight;
  }
  return most;
};
