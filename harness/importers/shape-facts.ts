import { digestOf } from '../model/digest.ts';
import type { PutFact, ReadFact } from './fact.ts';
import type { LineShape } from './line-shape.ts';
import { payloadOf } from './payload.ts';
import type { RowFactOptions } from './row-facts.ts';
import { factOf, isAbsent, putOf } from './row-parts.ts';
import { type Memos, type ShapeReads, shapeReads } from './shape-reads.ts';

export type ShapeOptions = Pick<RowFactOptions, 'mapping' | 'isPut' | 'tally' | 'zone'>;

/**
 * Turns lines of one shape into facts without parsing them. The result is the same as that of `rowFacts` for the parsed
 * lines.
 */
export class ShapeFacts {
  readonly #options: ShapeOptions;
  readonly #shape: LineShape;
  readonly #reads: ShapeReads;
  /** The end of the newest line; -1 if it has another shape. */
  end = 0;

  constructor(shape: LineShape, options: ShapeOptions, memos: Memos) {
    this.#options = options;
    this.#shape = shape;
    this.#reads = shapeReads(shape, options, memos);
  }

  /** The fact in a line. Undefined if the line must be parsed: it has another shape, or a missing or invalid value. */
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
    const time = reads.time();
    if (mapping.time !== undefined && time === undefined) return undefined;
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
      time,
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

  /** A put may have failed. A read record has a sequence number, if others have one. */
  #mayLackNumber(): boolean {
    const { mapping, isPut } = this.#options;
    return mapping.seq === undefined || (isPut && isAbsent(this.#reads.rawSeq()));
  }
}
