import { digestOf } from '../model/digest.ts';
import type { PutFact, ReadFact } from './fact.ts';
import type { LineShape } from './line-shape.ts';
import { payloadOf } from './payload.ts';
import type { RowFactOptions } from './row-facts.ts';
import { factOf, isAbsent, putOf } from './row-parts.ts';
import { type Memos, type ShapeReads, shapeReads } from './shape-reads.ts';

export type ShapeOptions = Pick<RowFactOptions, 'mapping' | 'isPut' | 'tally' | 'zone'>;

/** Facts out of lines of one shape: what `rowFacts` makes of them once they are parsed, without parsing them. */
export class ShapeFacts {
  readonly #options: ShapeOptions;
  readonly #shape: LineShape;
  readonly #reads: ShapeReads;
  /** Behind the line that was taken last. */
  end = 0;

  constructor(shape: LineShape, options: ShapeOptions, memos: Memos) {
    this.#options = options;
    this.#shape = shape;
    this.#reads = shapeReads(shape, options, memos);
  }

  /** Undefined for a line that has to be parsed: of another shape, or something is missing, or cannot be. */
  take(bytes: Buffer, from: number, line: number): ReadFact | PutFact | undefined {
    this.end = this.#shape.cut(bytes, from);
    if (this.end < 0) return undefined;
    const { mapping, isPut, tally } = this.#options;
    const reads = this.#reads;
    const seq = reads.seq();
    const counter = reads.n();
    if (seq === undefined && (counter === undefined || !this.#mayLackNumber())) return undefined;
    const key = reads.key();
    const flow = reads.flow();
    if (mapping.n !== undefined && (counter === undefined || (key ?? flow) === undefined)) return undefined;
    tally.tried += 1;
    tally.taken += 1;
    const data = reads.data();
    const payload = typeof data === 'string' ? payloadOf(data) : undefined;
    const fact = factOf({
      key,
      flow,
      counter,
      producer: reads.producer(),
      digest: payload === undefined ? reads.digest() : digestOf(payload),
      bytes: payload?.byteLength,
      seq,
      time: reads.time(),
      reader: reads.reader(),
      worker: reads.worker(),
      shard: reads.shard(),
      sub: reads.sub(),
      arrival: reads.arrival(),
      file: tally.file,
      line,
    });
    return isPut ? putOf(fact, seq === undefined ? reads.error() : undefined, reads.api()) : fact;
  }

  /** A put may have failed. What was read has a number, where others have one. */
  #mayLackNumber(): boolean {
    const { mapping, isPut } = this.#options;
    return mapping.seq === undefined || (isPut && isAbsent(this.#reads.rawSeq()));
  }
}
