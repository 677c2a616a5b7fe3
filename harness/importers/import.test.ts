import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type Asked, importing, type Judged } from '../testing/imported.ts';
import type { ImportFile } from './reading.ts';
import { importLineFor } from './recognise.ts';
import type { FormatName } from './registry.ts';

const bug = (name: string): string => fileURLToPath(new URL(`../../examples/production-bug/${name}`, import.meta.url));

const { file, imported } = importing();

/** A file with this text, imported. */
const dump = async (format: FormatName, content: string | Buffer, asked?: Asked): Promise<Judged> => {
  return imported([{ format, path: await file(content), isPut: false }], asked);
};

const records = ({ lines }: Judged): readonly Record<string, unknown>[] =>
  lines.flatMap(({ type, records: list = [] }) => (type === 'page' ? (list as Record<string, unknown>[]) : []));

const violated = ({ verdict }: Judged): readonly string[] =>
  verdict.claims.filter((claim) => claim.verdict === 'violated').map(({ anomaly }) => anomaly);

describe('line numbers of the files', () => {
  test('are in the pages if the records are from consecutive lines', async () => {
    const line = (seq: number): string =>
      JSON.stringify({ seq: `4966${'0'.repeat(40)}${seq}`, shard: 'shardId-000000000000', key: 'a', counter: seq });
    const text = [line(1), line(2), 'words', line(3), `[${line(4)},${line(5)}]`, line(6)].join('\n');
    const judged = await dump('jsonl', text);
    const [page] = judged.lines.filter(({ type }) => type === 'page');
    expect(page).toMatchObject({ file: 0, lines: '1-2,4-5,5-6' });
  });

  test('are right for values over several lines', async () => {
    const row = (seq: number): string =>
      `{\n"seq": "4966${'0'.repeat(40)}${seq}",\n"shard": "shardId-000000000000",\n"key": "a",\n"counter": ${seq}\n}`;
    const [page] = (await dump('jsonl', [row(1), row(2), row(3)].join('\n'))).lines.filter(
      ({ type }) => type === 'page',
    );
    expect(page).toMatchObject({ file: 0, lines: '1,7,13' });
  });

  test('are right for a table with an empty line, and a cell of two lines', async () => {
    const row = (seq: number, note: string): string =>
      `4966${'0'.repeat(40)}${seq},shardId-000000000000,a,${seq},${note}`;
    const text = ['seq,shard,key,counter,note', row(1, 'x'), '', row(2, '"two\nlines"'), row(3, 'y')].join('\n');
    const [page] = (await dump('csv', text)).lines.filter(({ type }) => type === 'page');
    expect(page).toMatchObject({ file: 0, lines: '2,4,6' });
  });
});

/** Every file tells of one pair of order-3, #5010 and #5011, that lies the wrong way round, and of no other. */
describe('the example of a bug in production', () => {
  const one = { kept: false, inversions: 1, flowsBroken: 1 };

  test('(a) the log of a consumer, with a prefix, CRLF, a byte order mark, nested JSON, counters as strings, and a line that is cut off', async () => {
    const judged = await imported([{ format: 'jsonl', path: bug('consumer.log'), isPut: false }]);
    expect(violated(judged)).toEqual(['key-reorder']);
    expect(judged.verdict.order).toMatchObject({ ...one, flows: 5, pairs: 195 });
    expect(judged.verdict.findings[0]?.sentence).toMatch(/"order-3" #5010 .*"order-3" #5011/);
    expect(judged.verdict.findings[0]?.blame).toBeNull();
    expect(judged.words).toEqual([
      'consumer.log: 205 lines, 200 records, 4 other lines',
      'consumer.log: 1 broken line was skipped; the first is line 81: its JSON is cut off',
    ]);
  });

  test('(b) the log of the puts, from a machine with another clock, and the reads', async () => {
    const files: ImportFile[] = [
      { format: 'log', path: bug('puts.log'), isPut: true },
      { format: 'jsonl', path: bug('reads.jsonl'), isPut: false },
    ];
    const judged = await imported(files, { skewMs: 50 });
    expect(violated(judged)).toEqual(['key-reorder']);
    expect(judged.verdict.order).toMatchObject(one);
    expect(judged.verdict.findings.find(({ anomaly }) => anomaly === 'key-reorder')?.blame).toBe('producer');
    expect(judged.verdict.counts).toMatchObject({ acked: 200, read: 200, unseen: 0 });
    expect(judged.head.tolerances).toEqual({ clockSkewMs: 50 });
    expect(judged.verdict.aloud.join('\n')).toContain('the stream itself was not read');
  });

  test('(c) Lambda events in a compressed export of CloudWatch Logs', async () => {
    const judged = await imported([{ format: 'lambda-event', path: bug('lambda.log.gz'), isPut: false }]);
    expect(violated(judged)).toEqual(['key-reorder']);
    expect(judged.verdict.order).toMatchObject(one);
    expect(judged.head.stream?.name).toBe('orders');
    expect(judged.found).toMatchObject([{ identity: 'json:/seq' }]);
  });

  test('(d) objects of Firehose; head and verdict name what they do not contain', async () => {
    const names = ['orders-1-2026-11-23-08-00-00-ab.gz', 'orders-1-2026-11-23-08-05-00-cd.gz'];
    const judged = await imported(
      names.map((name) => ({ format: 'firehose', path: bug(name), isPut: false }) as const),
    );
    expect(violated(judged)).toEqual(['key-reorder']);
    expect(judged.verdict.order).toMatchObject(one);
    expect(judged.head.clock).toBe('none');
    expect(judged.head.import?.lacks).toEqual(['time', 'shard', 'number']);
    expect(judged.verdict.aloud.join('\n')).toMatch(/no times.*\n.*no shards.*\n.*no sequence numbers/);
  });

  test('a CSV table', async () => {
    const judged = await imported([{ format: 'csv', path: bug('dump.csv'), isPut: false }]);
    expect(violated(judged)).toEqual(['key-reorder']);
    expect(judged.verdict.order).toMatchObject(one);
  });

  test.each([
    ['consumer.log', 'import jsonl', '--map seq=.sequenceNumber,shard=.shardId,key=.partitionKey,n=.payload.seq'],
    ['puts.log', 'import log', '--map seq=.sequenceNumber,shard=.shardId,flow=.orderId,n=.version,time=.time'],
    ['reads.jsonl', 'import jsonl', '--map seq=.seq,shard=.shard,key=.pk,n=.data.version,time=.ts'],
    ['lambda.log.gz', 'import lambda-event', '--id json:/seq'],
    ['orders-1-2026-11-23-08-00-00-ab.gz', 'import firehose', '--id json:/seq,key=/orderId'],
    ['dump.csv', 'import csv', 'n=.Counter,time=.Timestamp'],
  ])('check prints the import command for %s', async (name, verb, flags) => {
    const line = await importLineFor(bug(name));
    expect(line).toContain(`kinesis-order ${verb} `);
    expect(line).toContain(flags);
  });
});

const seq = (index: number): string =>
  `4966000000000000000000000000000000000000000000000000${String(index).padStart(4, '0')}`;
const row = (index: number, key: string, n: unknown, more: object = {}): string =>
  JSON.stringify({
    shardId: 'shardId-000000000000',
    sequenceNumber: seq(index),
    partitionKey: key,
    counter: n,
    ...more,
  });
const rows = (lines: readonly string[]): string => `${lines.join('\n')}\n`;
const timed = (index: number): object => ({ ts: 1_795_423_045_619 + index });

describe('an intact order with any kind of counter raises no false alarm', () => {
  test.each<[string, (index: number) => number]>([
    ['from 5,000', (index) => 5000 + Math.floor(index / 3)],
    ['over all keys', (index) => 90_000 + index],
    ['in steps of ten', (index) => index * 10],
    ['milliseconds, some of them twice in a key', (index) => 1_795_423_045_619 + Math.floor(index / 9)],
    ['seconds', (index) => 1_795_423_045 + Math.floor(index / 20)],
  ])('%s', async (_, counter) => {
    const lines = Array.from({ length: 60 }, (__, index) => row(index, `k${index % 3}`, counter(index), timed(index)));
    const judged = await dump('jsonl', rows(lines));
    expect(judged.verdict.verdict).toBe('holds');
    expect(judged.verdict.order.kept).toBe(true);
  });

  test('a broken order is still found', async () => {
    const lines = [row(1, 'a', 90_001, timed(1)), row(2, 'a', 90_007, timed(2)), row(3, 'a', 90_004, timed(3))];
    expect(violated(await dump('jsonl', rows(lines)))).toEqual(['key-reorder']);
  });
});

describe('what a dump proves, and what not', () => {
  test('an order changed by the consumer, not by the stream', async () => {
    const lines = [row(1, 'a', 1, timed(1)), row(3, 'a', 3, timed(2)), row(2, 'a', 2, timed(3))];
    expect(violated(await dump('jsonl', rows(lines)))).toEqual(['subject-reorder']);
  });

  test('redeliveries to a restarted consumer are allowed, and counted', async () => {
    const lines = [1, 2, 3, 2, 3, 4].map((n, index) => row(n, 'a', n, timed(index)));
    const judged = await dump('jsonl', rows(lines));
    expect(judged.verdict.verdict).toBe('holds');
    expect(judged.verdict.claims.find(({ anomaly }) => anomaly === 'subject-duplicate')).toMatchObject({
      found: 2,
      allowed: 2,
    });
  });

  test('a key that continues in a child shard is not judged across the shards without a list of shards', async () => {
    const child = { shardId: 'shardId-000000000001' };
    const lines = [row(1, 'a', 1, timed(1)), row(2, 'a', 2, timed(2)), row(3, 'a', 3, { ...timed(3), ...child })];
    const judged = await dump('jsonl', rows(lines));
    expect(judged.verdict.order).toMatchObject({ kept: true, pairs: 1 });
  });

  test('an import of reads writes no puts', async () => {
    const judged = await dump('jsonl', rows([row(1, 'a', 1)]));
    expect(judged.lines.map(({ type }) => type)).toEqual(['head', 'reader', 'page', 'note', 'end']);
    expect(judged.head.recorded).toEqual(['pages']);
  });

  test('without times, t is the line number, and the clock is none', async () => {
    const judged = await dump('jsonl', rows([row(1, 'a', 1), row(2, 'a', 2)]));
    expect(judged.head).toMatchObject({ clock: 'none', recorder: 'import', question: 'pipeline' });
    expect(judged.head.startedAt).toBeUndefined();
    expect(judged.lines.slice(1).map(({ t }) => t)).toEqual([1, 2, 3, 4]);
    expect(judged.verdict.verdict).toBe('holds');
  });

  test('without sequence numbers, records keep their order in the file, and a duplicate is not a violation', async () => {
    const lines = [1, 2, 2, 3].map((n) => JSON.stringify({ key: 'a', counter: n }));
    const judged = await dump('jsonl', rows(lines));
    expect(judged.head.import?.lacks).toEqual(['time', 'shard', 'number']);
    expect(records(judged).map((record) => record['seq'])).toEqual(['1', '2', '3', '4']);
    expect(judged.verdict.verdict).toBe('holds');
    expect(judged.verdict.order.kept).toBe(true);
  });

  test('without a counter, the order is not tested, and the message names the flag', async () => {
    const judged = await dump('jsonl', rows([JSON.stringify({ sequenceNumber: seq(1), partitionKey: 'a' })]));
    expect(judged.head.import?.lacks).toContain('counter');
    expect(judged.verdict.order.kept).toBeNull();
    expect(judged.verdict.verdict).toBe('unknown');
    expect(judged.verdict.aloud.join('\n')).toContain('--map n=');
  });

  test('payloads are never written', async () => {
    const secret = JSON.stringify({ seq: 3, card: '4111-1111' });
    const line = JSON.stringify({
      sequenceNumber: seq(1),
      partitionKey: 'a',
      Data: Buffer.from(secret).toString('base64'),
    });
    const judged = await dump('jsonl', rows([line]), { id: 'json:/seq' });
    expect(records(judged)).toMatchObject([{ n: 3, key: 'a', bytes: Buffer.byteLength(secret) }]);
    expect(JSON.stringify(judged.lines)).not.toContain('4111');
  });
});

describe('files as found in practice', () => {
  const event = (n: number, shard = 'shardId-000000000002'): object => ({
    Records: [
      {
        eventSource: 'aws:kinesis',
        eventID: `${shard}:${seq(n)}`,
        eventSourceARN: 'arn:aws:kinesis:eu-west-1:1:stream/orders',
        kinesis: {
          partitionKey: 'a',
          sequenceNumber: seq(n),
          approximateArrivalTimestamp: 1_795_423_045.619,
          data: Buffer.from(JSON.stringify({ seq: n })).toString('base64'),
        },
      },
    ],
  });
  const python = (value: object): string =>
    JSON.stringify(value)
      .replaceAll('"', "'")
      .replaceAll(':', ': ')
      .replaceAll('shardId-000000000002: ', 'shardId-000000000002:');

  test.each<[string, string]>([
    ['pretty-printed', [1, 2].map((n) => JSON.stringify(event(n), null, 2)).join('\n')],
    ['behind each other', [1, 2].map((n) => JSON.stringify(event(n))).join('')],
    ['a list', JSON.stringify([1, 2].map((n) => event(n)))],
    [
      'printed by Python',
      [1, 2]
        .map((n) =>
          python(event(n))
            .replaceAll('arn: aws: kinesis: eu-west-1: 1: ', 'arn:aws:kinesis:eu-west-1:1:')
            .replaceAll('aws: kinesis', 'aws:kinesis'),
        )
        .join('\n'),
    ],
    [
      'inside a log line of JSON',
      [1, 2].map((n) => JSON.stringify({ level: 'INFO', message: { event: event(n) } })).join('\n'),
    ],
    [
      'inside a text of a log line',
      [1, 2].map((n) => JSON.stringify({ level: 'INFO', message: JSON.stringify(event(n)) })).join('\n'),
    ],
    [
      'a subscription',
      JSON.stringify({
        messageType: 'DATA_MESSAGE',
        logEvents: [1, 2].map((n) => ({
          id: '1',
          timestamp: 1_795_423_045_619 + n,
          message: `x\tINFO\t${JSON.stringify(event(n))}`,
        })),
      }),
    ],
  ])('Lambda events: %s', async (_, text) => {
    const judged = await dump('lambda-event', text);
    expect(records(judged)).toMatchObject(
      [1, 2].map((n) => ({ seq: seq(n), key: 'a', n, arrival: 1_795_423_045_619 })),
    );
    expect(judged.lines.find(({ type }) => type === 'page')).toMatchObject({ shard: 'shardId-000000000002' });
  });

  test('sequence numbers that JSON parsers would round are read exactly', async () => {
    const judged = await dump(
      'jsonl',
      `{"sequenceNumber":${seq(1)},"shard":2,"key":"a \\"q\\" 99999999999999999","counter":7}\n`,
    );
    expect(records(judged)).toEqual([{ seq: seq(1), key: 'a "q" 99999999999999999', n: 7 }]);
    expect(judged.lines.find(({ type }) => type === 'page')).toMatchObject({ shard: 'shardId-000000000002' });
  });

  test('a list in one line, as the AWS CLI prints it', async () => {
    const list = [1, 2].map((n) => ({
      SequenceNumber: seq(n),
      PartitionKey: 'a',
      Data: Buffer.from(`{"seq":${n}}`).toString('base64'),
    }));
    const judged = await dump('jsonl', JSON.stringify({ Records: list, NextShardIterator: 'AAA' }, null, 4));
    expect(records(judged)).toEqual([1, 2].map((n) => ({ seq: seq(n), key: 'a', n })));
  });

  test('a truncated gzip file is imported up to the cut, and judged as incomplete', async () => {
    const lines = Array.from({ length: 50_000 }, (_, index) =>
      row(index % 9999, 'a', (index * 7919) % 50_000, { id: Math.sin(index) }),
    );
    const packed = gzipSync(rows(lines));
    const judged = await dump('jsonl', packed.subarray(0, packed.length >> 1));
    expect(judged.lines.at(-1)).toMatchObject({ type: 'end', reason: 'interrupted' });
    expect(judged.verdict.complete).toBe(false);
    expect(judged.words.join('\n')).toContain('is cut');
  });

  test('groups of --prefix are fields', async () => {
    const line = (n: number): string => `[worker-7 at ${1_795_423_045 + n}] ${row(n, 'a', n)}`;
    const judged = await dump('jsonl', rows([line(1), line(2)]), { prefix: /^\[(?<worker>\S+) at (?<time>\d+)\] /u });
    expect(judged.head.startedAt).toBe(new Date(1_795_423_046_000).toISOString());
    expect(judged.lines.find(({ type }) => type === 'page')).toMatchObject({ worker: 'worker-7' });
  });

  test('the files of two workers are merged by time', async () => {
    const paths = [
      await file(rows([row(1, 'a', 1, timed(1)), row(3, 'a', 3, timed(30))])),
      await file(rows([row(2, 'a', 2, timed(2)), row(4, 'a', 4, timed(40))])),
    ];
    const judged = await imported(paths.map((path) => ({ format: 'jsonl', path, isPut: false }) as const));
    expect(records(judged).map((record) => record['n'])).toEqual([1, 2, 3, 4]);
    expect(judged.verdict.verdict).toBe('holds');
  });

  test('puts that failed, were not answered, and were stored', async () => {
    const put = { key: 'a', shard: 'shardId-000000000000' };
    const path = await file(
      rows([
        JSON.stringify({ ...put, counter: 1, sequenceNumber: seq(1) }),
        JSON.stringify({ ...put, counter: 2, error: 'ProvisionedThroughputExceededException' }),
        JSON.stringify({ ...put, counter: 3 }),
      ]),
    );
    const reads = await file(rows([row(1, 'a', 1)]));
    const judged = await imported([
      { format: 'jsonl', path, isPut: true },
      { format: 'jsonl', path: reads, isPut: false },
    ]);
    expect(judged.lines.filter(({ type }) => type === 'put')).toHaveLength(3);
    expect(judged.lines.filter(({ type }) => type === 'ack')).toMatchObject([
      { op: 1, outcome: 'ok', results: [{ seq: seq(1) }] },
      { op: 2, outcome: 'fail', error: 'ProvisionedThroughputExceededException' },
    ]);
    // A put that was definitely refused, and not retried, leaves a gap, as in a scenario.
    expect(violated(judged)).toEqual(['counter-gap']);
  });
});

describe('--id in a table', () => {
  const table = (...counters: readonly number[]): string =>
    ['sequence_number,partition_key,no', ...counters.map((n) => `${seq(n)},a,${n}`)].join('\n');

  test('looks for the counter in the columns, so that gaps can be forbidden', async () => {
    const path = await file(table(1, 2, 4));
    const judged = await imported([{ format: 'csv', path, isPut: false }], { id: 'json:/no,counter=dense,first=1' });
    expect(violated(judged)).toEqual(['counter-gap']);
  });

  test('that finds none is said to find none', async () => {
    const path = await file(`${table(1, 2)}\n${seq(3)},a,x`);
    const { words } = await imported([{ format: 'csv', path, isPut: false }], { id: 'json:/no' });
    expect(words.join('\n')).toMatch(/1 record was not compared; the first is line 4: --id finds no counter in it/);
  });
});

describe('bad input', () => {
  test.each<[string, FormatName, string | Buffer, Asked, RegExp]>([
    ['an empty file', 'jsonl', '', {}, /is empty/],
    ['an empty file, packed', 'jsonl', gzipSync(''), {}, /is empty after decompression/],
    ['a binary file', 'jsonl', Buffer.from([0x50, 0x41, 0x52, 0x31, 0, 0, 1, 0]), {}, /is binary: byte 4 is zero/],
    [
      'a history',
      'jsonl',
      '{"type":"head","format":"kinesis-order-history","version":1,"run":"r"}\n',
      {},
      /is already a history/,
    ],
    [
      'a map that matches nothing',
      'jsonl',
      rows([row(1, 'a', 1), row(2, 'a', 2)]),
      { map: ['seq=.nope,key=.no,n=.none'] },
      /no record in 2 lines with seq=\.nope/,
    ],
    ['no fields like these', 'jsonl', '{"level":"info","msg":"hi"}\n', {}, /no record in 1 lines/],
    ['a column that is missing', 'csv', 'a,b,c\n1,2,3\n', { map: ['seq=number'] }, /there is no column "number"/],
    ['no table', 'csv', 'one\ntwo\n', {}, /has 1 column/],
    [
      'numbers that a spreadsheet rounded',
      'csv',
      'seq,key,n\n4.966E+55,a,1\n',
      { map: ['seq=seq,key=key,n=n'], brokenMax: 0 },
      /its last digits are lost/,
    ],
    ['no events', 'lambda-event', '{"hello":1}\n', {}, /no event with Records\[\]\.kinesis in 1 lines/],
    [
      'events that Node cut',
      'lambda-event',
      '{ Records: [ { kinesis: [Object] } ] }\n',
      {},
      /prints \[Object\] instead of the records/,
    ],
    ['Firehose without a counter', 'firehose', '{"a":"x"}{"a":"y"}', {}, /no counter was found in its payloads/],
    [
      'more broken lines than are borne',
      'jsonl',
      rows([row(1, 'a', 1), '{"sequenceNumber":"1', '{"sequenceNumber":"2', row(2, 'a', 2)]),
      { brokenMax: 1 },
      /more than 1 broken line; the first is line 2: its JSON never ends|more than 1 broken line; the first is line 2/,
    ],
  ])('%s', async (_, format, content, asked, words) => {
    await expect(dump(format, content, asked)).rejects.toThrow(words);
  });

  test('a --map that matches nothing lists the fields that were found, without values', async () => {
    const thrown = await dump('jsonl', rows([row(1, 'secret-key', 1)]), { map: ['seq=.nope,key=.no,n=.none'] }).catch(
      (error: unknown) => error,
    );
    expect((thrown as { hint: string }).hint).toContain(
      'fields found: .shardId, .sequenceNumber, .partitionKey, .counter',
    );
    expect((thrown as { hint: string }).hint).not.toContain('secret-key');
  });

  test('broken lines are counted, and the first is reported with its number and the reason', async () => {
    const lines = Array.from({ length: 20 }, (_, index) =>
      index % 2 === 0 ? row(index, 'a', index) : row(index, 'a', index).slice(0, 40),
    );
    const judged = await dump('jsonl', rows(lines));
    expect(judged.words).toEqual([
      expect.stringMatching(/20 lines, 10 records$/),
      expect.stringMatching(/10 broken lines were skipped; the first is line 2: its JSON is cut off$/),
    ]);
  });

  test('records with a counter are not compared with records without one', async () => {
    const counterless = JSON.stringify({ sequenceNumber: seq(1), shard: 'shardId-000000000000', key: 'a' });
    const path = await file(`${counterless}\n`, 'counterless.jsonl');
    const reads = await file(rows([row(1, 'a', 1)]), 'counted.jsonl');
    const files = [
      { format: 'jsonl', path, isPut: true },
      { format: 'jsonl', path: reads, isPut: false },
    ] as const;
    await expect(imported(files)).rejects.toThrow('counterless.jsonl has no counter, and counted.jsonl has one');
  });
});

test.each([';', '\t', '|'])('a table of two columns with the delimiter %j', async (delimiter) => {
  const rows = [1, 2, 3, 4].map((counter) => `"${counter}"${delimiter}"a"`);
  const { verdict } = await dump('csv', `"counter"${delimiter}"key"\n${rows.join('\n')}\n`);
  expect(verdict).toMatchObject({ verdict: 'holds', order: { pairs: 3 } });
});
