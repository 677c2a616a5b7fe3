import { describe, expect, test } from 'vitest';
import { importing } from '../testing/imported.ts';

const { file, imported } = importing();

const second = (at: number): string => new Date(Date.UTC(2026, 10, 24, 9) + at * 1000).toISOString();
const seqOf = (at: number): string => `4966000000000000000000000000000000000000000000000000${1000 + at}`;
/** Each with the version of its schema, which never changes, and the counter of its key. */
const orders = Array.from({ length: 62 }, (_, at) => ({
  key: `k${at % 3}`,
  at,
  body: { version: 3, orderVersion: 1 + Math.floor(at / 3) },
}));

describe('a short file beside a long one', () => {
  test('has its counter where the long one has it', async () => {
    const lines = orders.map(({ key, at, body }) =>
      JSON.stringify({ time: second(at), sequenceNumber: seqOf(at), partitionKey: key, ...body }),
    );
    const files = [lines.slice(59), lines.slice(0, 59)].map(async (part, index) => ({
      format: 'jsonl' as const,
      path: await file(`${part.join('\n')}\n`, `app.log.${index}`),
      isPut: false,
    }));
    const { verdict, found } = await imported(await Promise.all(files));
    expect(found.map(({ mapping }) => mapping?.n?.text)).toEqual(['.orderVersion', '.orderVersion']);
    expect(verdict).toMatchObject({ verdict: 'holds', order: { kept: true, pairs: 59 }, counts: { read: 62 } });
  });

  test('the same for events of Lambda, of which one repeats records', async () => {
    const event = (part: typeof orders): string =>
      JSON.stringify({
        Records: part.map(({ key, at, body }) => ({
          eventID: `shardId-000000000000:${seqOf(at)}`,
          kinesis: {
            partitionKey: key,
            sequenceNumber: seqOf(at),
            data: Buffer.from(JSON.stringify(body)).toString('base64'),
          },
        })),
      });
    const again = orders.filter(({ at }) => at === 57);
    const files = [orders.slice(0, 58), [...again, ...again, ...again, ...again], orders.slice(58)].map(
      async (part, index) => ({
        format: 'lambda-event' as const,
        path: await file(event(part), `event-${index}.json`),
        isPut: false,
      }),
    );
    const { found } = await imported(await Promise.all(files));
    expect(new Set(found.map(({ identity }) => identity))).toEqual(new Set(['json:/orderVersion']));
  });
});

test('a number of the line beside a field that may be the counter: the verdict is left open', async () => {
  const rows = [5, 4].map((orderVersion, at) => JSON.stringify({ key: 'a', offset: 100 + at, orderVersion }));
  const path = await file(rows.join('\n'));
  const { verdict, words } = await imported([{ format: 'jsonl', path, isPut: false }]);
  expect(verdict.verdict).toBe('unknown');
  expect(words.join('\n')).toMatch(/\.offset is taken for the counter, and rises in all lines.*--map n=\.orderVersion/);
  const named = await imported([{ format: 'jsonl', path, isPut: false }], { map: ['n=.orderVersion'] });
  expect(named.verdict).toMatchObject({ verdict: 'violated', order: { kept: false } });
  const other = await imported([{ format: 'jsonl', path, isPut: false }], { map: ['n=.offset'] });
  expect(other.verdict.verdict).toBe('holds');
});
