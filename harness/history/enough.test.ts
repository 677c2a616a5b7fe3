import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { enough } from '../lib/enough.ts';
import { history } from '../testing/generators/history-builder.ts';
import { readAhead } from './read-ahead.ts';
import { readHistory } from './read-history.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinesis-order-enough-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The head, a topology, a reader, a put and its answer; then what is no line of a history. */
const text = (): string => {
  const { lines } = history().put('a', 0).ok(10);
  return `${lines.map((line) => `${JSON.stringify(line)}\n`).join('')}no JSON\n`;
};

describe.each([
  ['a file', 'plain.ndjson', (): Uint8Array => Buffer.from(text()), readHistory],
  ['a packed file', 'packed.ndjson.gz', (): Uint8Array => gzipSync(text()), readHistory],
  ['a file, in another thread', 'ahead.ndjson', (): Uint8Array => Buffer.from(text()), readAhead],
])('%s', (_, name, bytes, read) => {
  const readTo = async (last: number): Promise<readonly unknown[]> => {
    await writeFile(join(folder, name), bytes());
    const seen: number[] = [];
    const take = (_what: unknown, line: number): unknown => {
      seen.push(line);
      return line === last ? enough : undefined;
    };
    return [await read(join(folder, name), take, { onHot: take }), ...seen];
  };

  it.each([1, 4])('is read no further than somebody needs, and is not whole then: line %i', async (last) => {
    expect(await readTo(last)).toEqual([false, ...Array.from({ length: last }, (_line, index) => index + 1)]);
  });

  it('is read to its end where nobody has enough', async () => {
    await expect(readTo(0)).rejects.toThrow('line 6: not JSON');
  });
});
