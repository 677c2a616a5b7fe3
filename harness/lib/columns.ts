import { enlarged } from './enlarged.ts';

/**
 * Growable columns of numbers. A judge that keeps a million records keeps numbers instead of objects, so the garbage
 * collector has nothing to walk. Reading past the end gives 0; callers stay below `length`.
 * Each class has code of its own, so that it is compiled for one kind of array.
 */
export class Ints {
  data: Int32Array;
  length = 0;

  constructor(capacity = 64) {
    this.data = new Int32Array(capacity);
  }

  push(value: number): number {
    if (this.length === this.data.length) this.data = enlarged(this.data, this.data.length * 2);
    this.data[this.length] = value;
    this.length += 1;
    return this.length - 1;
  }

  at(index: number): number {
    return this.data[index] ?? 0;
  }

  set(index: number, value: number): void {
    this.data[index] = value;
  }
}

/** The same for times (microseconds) and counts beyond 32 bits. */
export class Floats {
  data: Float64Array;
  length = 0;

  constructor(capacity = 64) {
    this.data = new Float64Array(capacity);
  }

  push(value: number): number {
    if (this.length === this.data.length) this.data = enlarged(this.data, this.data.length * 2);
    this.data[this.length] = value;
    this.length += 1;
    return this.length - 1;
  }

  at(index: number): number {
    return this.data[index] ?? 0;
  }

  set(index: number, value: number): void {
    this.data[index] = value;
  }
}

/** The same for columns with a handful of distinct values. */
export class Bytes {
  data: Uint8Array;
  length = 0;

  constructor(capacity = 64) {
    this.data = new Uint8Array(capacity);
  }

  push(value: number): number {
    if (this.length === this.data.length) this.data = enlarged(this.data, this.data.length * 2);
    this.data[this.length] = value;
    this.length += 1;
    return this.length - 1;
  }

  at(index: number): number {
    return this.data[index] ?? 0;
  }

  set(index: number, value: number): void {
    this.data[index] = value;
  }
}
