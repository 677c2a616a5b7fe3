import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { Fact } from './fact.ts';
import { type Mapping, parseMappings } from './mapping.ts';
import { getterOf } from './path.ts';
import { rowFacts } from './row-facts.ts';
import { ShapeLines } from './shape-lines.ts';
import { Tally } from './tally.ts';

const numbers = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom('49660', '0007', '4966'.repeat(14)) },
  { weight: 1, arbitrary: fc.constantFrom('4966'.repeat(33), '', ' 12 ', '4.9e55', 'x') },
);
const anything = fc.oneof(
  fc.constantFrom<unknown>(null, true, '', 0, -1, 1.5, 7, 5_000, 2 ** 53, 1e300, [], {}, 'a\\b', 'é', 'a"b', '"', '\t'),
  fc.string({ maxLength: 5 }),
  fc.integer(),
);
const often = <T>(usual: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 20, arbitrary: usual }, { weight: 1, arbitrary: anything });
const times = fc.oneof(
  fc
    .date({ min: new Date(0), max: new Date('2100-01-01T00:00:00.000Z'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  fc.constantFrom('2026-11-20T10:00:01.123Z', '2026-11-20T10:00:99.999Z', '2026-11-20T10:61:01.123Z'),
  fc.constantFrom('2026-02-30T10:00:01.123Z', '2026-11-20 10:00:01,5', '1970-01-01T00:00:00.000Z', '20.11.2026 10:00'),
  fc.constantFrom<unknown>(1_795_423_045, 1_795_423_045_619, '1795423045.5', 1e18, -5),
);
const payloads = fc.oneof(
  fc.constantFrom('eyJuIjo3fQ==', '{"n":7}', '{"n":"8"}', '{"n":-1}', '{"n":', 'plain', ''),
  fc.nat().map((n) => JSON.stringify({ n })),
);

const rows = fc.record(
  {
    seq: often(numbers),
    shard: often(fc.constantFrom<unknown>('shardId-000000000001', '3', 3, 'a')),
    key: often(fc.constantFrom('order-1', 'order-2', 'ключ', '\u0080', 'a'.repeat(80))),
    flow: often(fc.constantFrom('order-1', 'f')),
    n: often(fc.oneof(fc.nat(), fc.nat().map(String))),
    inner: fc.record({ n: often(fc.nat()) }, { requiredKeys: [] }),
    text: often(payloads),
    time: often(times),
    arrival: often(times),
    sub: often(fc.nat()),
    worker: often(fc.constantFrom('w1', 'w2')),
    app: often(fc.constantFrom('a1', 'a2')),
    from: often(fc.constant('p1')),
    error: often(fc.constantFrom('', 'ProvisionedThroughputExceededException')),
    errorCode: often(fc.constant('')),
    api: often(fc.constantFrom('PutRecord', 'PutRecords')),
    digest: often(fc.constant('9f86d081884c7d65')),
    other: anything,
  },
  { requiredKeys: ['seq', 'key', 'n', 'time', 'other'] },
);

/** Which names a row has decides its shape: lines of one draw have few. */
const dumps = fc.tuple(rows, fc.array(rows, { minLength: 1, maxLength: 8 })).map(([first, others]) => {
  const names = Object.keys(first);
  const likeFirst = others.map((row) =>
    Object.fromEntries(Object.entries(row).filter(([name]) => names.includes(name))),
  );
  return [first, ...likeFirst, ...others.slice(0, 1), ...likeFirst, ...likeFirst];
});

const mappings = fc.constantFrom(
  'seq=.seq,shard=.shard,key=.key,n=.n,time=.time',
  'seq=.seq,shard=.shard,key=.key,n=.text.n,time=.time,sub=.sub,worker=.worker,reader=.app,producer=.from',
  'seq=.seq,flow=.flow,n=.inner.n,arrival=.arrival,data=.text,digest=.digest',
  'seq=.seq,key=.key,flow=.flow,n=.n,time=.time,error=.error,api=.api',
  'shard=.shard,key=.key,n=.n,time=.time,data=.other',
  'seq=.seq,key=.key,time=.time',
);

const ways = (mapping: Mapping, isPut: boolean) => {
  const [fast, slow] = [new Tally('f', 1e9), new Tally('f', 1e9)];
  const zone = '+02:00';
  const shapes = new ShapeLines({ mapping, isPut, tally: fast, zone });
  const getter = ({ tokens }: { readonly tokens: readonly string[] }) => getterOf(tokens);
  const ofRow = { mapping, isPut, zone, getter, identify: undefined };
  return { shapes, fast, slow, parsed: rowFacts({ ...ofRow, tally: slow }), rest: rowFacts({ ...ofRow, tally: fast }) };
};

describe('lines that are not parsed', () => {
  let taken = 0;
  let parsed = 0;
  test.prop([dumps, mappings, fc.boolean()], { numRuns: 200 })(
    'become the facts that parsed lines become, and the same counts',
    (dump, map, isPut) => {
      const way = ways(parseMappings([map]).reads, isPut);
      const lines = dump.map((row) => JSON.stringify(row));
      const bytes = Buffer.from(lines.join('\n'));
      const [facts, expecteds]: [unknown[], unknown[]] = [[], []];
      let from = 0;
      for (const [index, line] of lines.entries()) {
        const row: unknown = JSON.parse(line);
        way.slow.tried += 1;
        const expected = way.parsed(row, index, undefined);
        let fact: Fact | undefined = way.shapes.take(bytes, from, index);
        if (fact === undefined) {
          way.shapes.learn(line);
          way.fast.tried += 1;
          fact = way.rest(row, index, undefined);
          parsed += 1;
        } else taken += 1;
        const end = from + Buffer.byteLength(line);
        if (way.shapes.end > from) expect(way.shapes.end).toBe(end);
        facts.push(fact);
        expecteds.push(expected);
        from = end + 1;
      }
      expect(facts).toEqual(expecteds);
      expect(way.fast.words()).toEqual(way.slow.words());
    },
  );

  test('are most lines of one shape', () => {
    expect(taken).toBeGreaterThan(parsed / 4);
  });
});

test('a line of a known shape that has to be parsed does not count as a new shape', () => {
  const { shapes } = ways(parseMappings(['seq=.seq,key=.key,n=.n']).reads, false);
  const taken = (line: string): boolean => {
    const fact = shapes.take(Buffer.from(line), 0, 1);
    if (fact === undefined) shapes.learn(line);
    return fact !== undefined;
  };
  for (let index = 0; index < 20; index += 1) taken('{"seq":"49660","key":"a","n":"no number"}');
  const other = '{"key":"a","seq":"49660","n":"7"}';
  expect([taken(other), taken(other)]).toEqual([false, true]);
});

test('a sequence number without quotes is taken digit by digit, and not parsed', () => {
  const { shapes } = ways(parseMappings(['seq=.seq,key=.key,n=.n']).reads, false);
  const line = (seq: string): string => `{"seq":${seq},"key":"a","n":7}`;
  const seq = `4967${'0123456789'.repeat(5)}21`;
  shapes.learn(line(seq));
  expect(shapes.take(Buffer.from(line(seq)), 0, 1)).toMatchObject({ seq });
  expect(shapes.take(Buffer.from(line('4.967e+55')), 0, 1)).toBeUndefined();
});
