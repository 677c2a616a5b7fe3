import type { PutFact, ReadFact } from './fact.ts';
import { LineShape } from './line-shape.ts';
import { ShapeFacts, type ShapeOptions } from './shape-facts.ts';
import { wantedOf } from './shape-reads.ts';
import { TextMemo } from './text-memo.ts';
import { TimeMemo } from './time-memo.ts';

/** If the lines of a file have more shapes than this, all are parsed. */
const shapesMax = 8;

/** The shapes of the lines of one file so far. The last one that matched is tried first. */
export class ShapeLines {
  readonly #options: ShapeOptions;
  readonly #wanted: readonly (readonly string[])[];
  readonly #memos = { texts: new TextMemo(), times: new TimeMemo() };
  readonly #shapes: ShapeFacts[] = [];
  #learned = 0;
  /** True if the last line has a known shape and a value that must be parsed. */
  #isKnown = false;
  /** The end of the newest line that was taken. */
  end = 0;

  constructor(options: ShapeOptions) {
    this.#options = options;
    this.#wanted = wantedOf(options);
  }

  take(bytes: Buffer, from: number, line: number): ReadFact | PutFact | undefined {
    this.#isKnown = false;
    for (let index = 0; index < this.#shapes.length; index += 1) {
      const shape = this.#shapes[index] as ShapeFacts;
      const fact = shape.take(bytes, from, line);
      if (shape.end < 0) continue;
      this.#isKnown = fact === undefined;
      if (fact === undefined) return undefined;
      if (index > 0) this.#shapes.unshift(...this.#shapes.splice(index, 1));
      this.end = shape.end;
      return fact;
    }
    return undefined;
  }

  /** Learns the shape of a line that was parsed to one object. */
  learn(line: string): void {
    if (this.#isKnown || this.#learned >= shapesMax) return;
    this.#learned += 1;
    const shape = LineShape.of(line, this.#wanted);
    if (shape !== undefined) this.#shapes.unshift(new ShapeFacts(shape, this.#options, this.#memos));
  }
}
