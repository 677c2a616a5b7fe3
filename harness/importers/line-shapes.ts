import { type CutRow, LineShape } from './line-shape.ts';

/** A file whose lines have more shapes than this is parsed. */
const shapesMax = 8;

/** The shapes that the lines of one file have had; the last one that fitted is tried first. */
export class LineShapes {
  readonly #wanted: (readonly string[])[] = [];
  readonly #shapes: LineShape[] = [];
  #learned = 0;

  /** The index of the values that stand at this path. All are wanted before the first line is learned. */
  want(tokens: readonly string[]): number {
    return this.#wanted.push(tokens) - 1;
  }

  cut(line: string): CutRow | undefined {
    for (let index = 0; index < this.#shapes.length; index += 1) {
      const shape = this.#shapes[index] as LineShape;
      const row = shape.cut(line);
      if (row === undefined) continue;
      if (index > 0) this.#shapes.unshift(...this.#shapes.splice(index, 1));
      return row;
    }
    return undefined;
  }

  /** A line that had to be parsed, and what came of it. */
  learn(line: string, parsed: unknown): void {
    if (this.#learned >= shapesMax) return;
    this.#learned += 1;
    const shape = LineShape.of(line, parsed, this.#wanted);
    if (shape !== undefined) this.#shapes.unshift(shape);
  }
}
