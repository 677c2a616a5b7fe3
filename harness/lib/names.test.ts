import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { Names } from './names.ts';

/** Names one behind the other, as a line holds them, and where each begins and ends. */
const lineOf = (names: readonly string[]) => {
  const parts = names.map((name) => Buffer.from(name));
  const bytes = Buffer.concat([...parts, Buffer.alloc(8)]);
  const ends: number[] = [];
  for (const part of parts) ends.push((ends.at(-1) ?? 0) + part.length);
  return {
    view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length),
    starts: Int32Array.from(parts, (part, index) => (ends[index] as number) - part.length),
    ends: Int32Array.from(ends),
  };
};

const lines = fc.array(
  fc.array(fc.oneof(fc.integer({ min: 0, max: 60 }).map(String), fc.string({ unit: 'grapheme' }))),
);

test.prop([lines])('the names of a line have the ids that each has alone, whatever was met before', (all) => {
  const [together, alone] = [new Names(), new Names()];
  for (const names of all) {
    const { view, starts, ends } = lineOf(names);
    const ids = new Int32Array(names.length);
    together.idsAt(view, starts, ends, names.length, ids);
    expect([...ids]).toEqual(names.map((name) => alone.id(name)));
  }
  expect(together.names).toEqual(alone.names);
});
