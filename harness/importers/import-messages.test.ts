import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { importing } from '../testing/imported.ts';
import { claimOf, type Row, rowsOf } from '../testing/imported-rows.ts';
import { isLikeTime } from './like-time.ts';
import { readTime } from './read-time.ts';
import { importLineFor, prefixLineFor } from './recognise.ts';
import type { FormatName } from './registry.ts';

const { file, imported } = importing();

const dump = async (format: FormatName, text: string, map: readonly string[] = []) =>
  imported([{ format, path: await file(text), isPut: false }], { map });
const seq = '49660000000000000000000000000000000000000000000000000001';
const payload = (fields: object): string => Buffer.from(JSON.stringify(fields)).toString('base64');
const lambda = (data: string, arrival = 1_795_510_800.5): object => ({
  Records: [
    {
      eventID: `shardId-000000000000:${seq}`,
      kinesis: { partitionKey: 'k', sequenceNumber: seq, data, approximateArrivalTimestamp: arrival },
    },
  ],
});

describe('times in common forms', () => {
  test.each([
    ['24.11.2026 10:00:01', '2026-11-24T10:00:01Z'],
    ['4.1.2026 10:00', '2026-01-04T10:00:00Z'],
    ['2026/11/24 10:00:01,5', '2026-11-24T10:00:01.5Z'],
    ['24.11.2026 10:00:01 +01:00', '2026-11-24T09:00:01Z'],
  ])('%s', (text, same) => {
    expect(readTime(text)).toBe(Date.parse(same) * 1000);
  });

  test('a zone applies only to times without one', () => {
    expect(readTime('2026-11-24 10:00:00', '+01:00')).toBe(Date.parse('2026-11-24T09:00:00Z') * 1000);
    expect(readTime('2026-11-24T10:00:00Z', '+01:00')).toBe(Date.parse('2026-11-24T10:00:00Z') * 1000);
  });

  const table = 'Shard;SequenceNumber;Key;Counter;Zeit\n' + `shardId-000000000000;${seq};k;1;11/24/2026 10:00\n`;
  test('if no time can be read, the error shows the first value and examples of times', async () => {
    const asked = dump('csv', table, ['time=.Zeit']);
    await expect(asked).rejects.toMatchObject({
      message: expect.stringContaining(
        '.Zeit should be the time, but none of its values is one: the first is "11/24/2026 10:00"',
      ),
      hint: expect.stringContaining('24.11.2026 10:00:01'),
    });
    const guessed = await dump('csv', table);
    expect(guessed.head.import?.lacks).toContain('time');
    expect(guessed.words.join('\n')).toContain('.Zeit should be the time, but none of its values is one');
  });
});

describe('what the files do not contain', () => {
  test('without times, arrival-regression is not applicable', async () => {
    const { verdict, head } = await dump(
      'lambda-event',
      [1, 2]
        .map((rev) => JSON.stringify(lambda(payload({ rev }))))
        .join('\n')
        .replace(seq, seq.replace(/1$/, '0')),
    );
    expect(head.clock).toBe('none');
    expect(claimOf(verdict, 'arrival-regression')?.verdict).toBe('not-applicable');
  });

  test('without sequence numbers, generated numbers never collide', async () => {
    const rows = ['a', 'b'].flatMap((shard) =>
      [1, 2].map((n) => JSON.stringify({ shard, key: `k${shard}`, counter: n })),
    );
    const { verdict } = await dump('jsonl', rows.join('\n'));
    expect(verdict.findings).toEqual([]);
    expect(claimOf(verdict, 'seq-collision')?.verdict).toBe('not-applicable');
  });

  test('rounded sequence numbers are reported, with the reason why they are not used', async () => {
    const { words } = await dump(
      'csv',
      'shard_id,sequence_number,customer_id,counter\nshardId-000000000000,4.96778E+55,k,1\n',
    );
    expect(words.join('\n')).toMatch(
      /\.sequence_number is not used: a spreadsheet .* has rounded its numbers \(4\.96778E\+55\)/,
    );
  });

  const asJson = (numbers: readonly string[]): string =>
    numbers
      .map((number, n) => `{"sequenceNumber":${number},"shardId":"shardId-000000000000","key":"k","counter":${n}}`)
      .join('\n');
  /** As JSON.stringify(Number(…)), Python's int(float(…)) and toLocaleString('fullwide') write them. */
  const rounded = {
    'with an exponent': ['4.967010000000037e+55', '4.967010000000041e+55', '4.967010000000044e+55'],
    'with the digits of floating point': [1, 2, 3].map((n) => `"${BigInt(4.967e55 + n * 1e42)}"`),
    'without quotes, with those digits': [1, 2, 3].map((n) => `${BigInt(4.967e55 + n * 1e42)}`),
    'with zeros behind': [1, 2, 3].map((n) => `"4967010000000${n}37${'0'.repeat(40)}"`),
  };
  test.each(Object.entries(rounded))('numbers rounded %s are not used, and that is said', async (_, numbers) => {
    const { words, head, verdict } = await dump('jsonl', asJson(numbers));
    expect(words.join('\n')).toMatch(/\.sequenceNumber is not used: a spreadsheet or a parser has rounded its numbers/);
    expect(head.import?.lacks).toContain('number');
    expect(verdict.findings).toEqual([]);
  });

  test('numbers rounded, and --map names them all the same: refused', async () => {
    await expect(dump('jsonl', asJson(rounded['with zeros behind']), ['seq=.sequenceNumber'])).rejects.toThrow(
      /\.sequenceNumber: a spreadsheet or a parser has rounded its numbers, and their last digits are lost/,
    );
  });

  test('numbers of an engine that counts in round steps are no rounded ones', async () => {
    const round = [1, 2, 3].map((n) => `"4966${'0'.repeat(48)}${n}000"`);
    const { head } = await dump('jsonl', asJson(round));
    expect(head.import?.lacks).not.toContain('number');
  });

  test('no counter in the payloads of Lambda: said, with the fields that there are', async () => {
    const { words } = await dump('lambda-event', JSON.stringify(lambda(payload({ amount: 'x', total: 3.5 }))));
    expect(words.join('\n')).toContain(
      'not found: n, the counter in its payloads; name it with --id json:/FIELD (fields found: /amount, /total)',
    );
  });
});

describe('a file that begins with its newest line', () => {
  const ten = Array.from({ length: 10 }, (_, n): Row => [0, n + 1, 'k', n + 1]);
  const newestFirst = rowsOf(ten).split('\n').toReversed().join('\n');
  test('is refused, and not read as a consumer that went backwards', async () => {
    await expect(dump('jsonl', newestFirst)).rejects.toMatchObject({
      message: expect.stringContaining('begins with its newest line: 9 of its first times fall, 0 rise'),
      hint: expect.stringContaining('tac '),
    });
  });

  test('a consumer that was behind for some lines is none', async () => {
    const rows = rowsOf(ten).split('\n');
    const some = [...rows.slice(0, 5).toReversed(), ...rows.slice(5)].join('\n');
    expect((await dump('jsonl', some)).verdict.verdict).toBe('violated');
  });
});

describe('fields are found by more names', () => {
  const row = (more: object): Row => [0, 1, 'k', 1, more];
  test('arrived_at is the time, and customer the key if there is no other', async () => {
    const text = rowsOf([row({})])
      .replace('"time"', '"arrived_at"')
      .replace('"partitionKey"', '"customer"');
    const { found, head } = await dump('jsonl', text);
    expect(found[0]?.mapping).toMatchObject({ time: { text: '.arrived_at' }, flow: { text: '.customer' } });
    expect(head.startedAt).toBe('2026-11-24T09:00:00.000Z');
  });

  test('a counter in JSON inside a string is found', async () => {
    const text = JSON.stringify({
      sequenceNumber: seq,
      partitionKey: 'k',
      body: JSON.stringify({ updatedAt: 1_795_510_800_000 }),
    });
    const { found } = await dump('jsonl', text);
    expect(found[0]?.mapping).toMatchObject({ n: { text: '.body.updatedAt' }, data: { text: '.body' } });
  });

  test.each([
    [[1_795_510_800_000], true],
    [[1_795_510_800, 1_795_510_801], true],
    [[5000, 1_795_510_800], false],
    [[], false],
  ])('%j look like times: %s', (values, is) => {
    expect(isLikeTime(values)).toBe(is);
  });
});

describe('check prints the import command', () => {
  test('for an export of CloudWatch Logs, printed over many lines', async () => {
    const events = Array.from({ length: 900 }, (_, rev) => ({
      timestamp: 1_795_510_800_000 + rev,
      message: `INFO\t${JSON.stringify(lambda(payload({ rev })))}`,
    }));
    const path = await file(JSON.stringify({ events }, null, 1));
    expect(await importLineFor(path)).toBe(`kinesis-order import lambda-event ${path} --id json:/rev --out h.ndjson`);
  });

  test('for changes of DynamoDB: the attribute with a counter’s name, not the first number', async () => {
    const change = (version: number) => ({
      dynamodb: { NewImage: { amount: { N: String(50 - version) }, version: { N: String(version) } } },
    });
    const events = [1, 2, 3].map((version) => `${JSON.stringify(lambda(payload(change(version))))}\n`);
    expect(await importLineFor(await file(events.join('')))).toContain('--id json:/dynamodb/NewImage/version/N --out');
    const records = [1, 2, 3].map((version) => ({
      SequenceNumber: seq.replace(/1$/, String(version)),
      PartitionKey: 'k',
      Data: payload(change(version)),
    }));
    expect(await importLineFor(await file(JSON.stringify({ Records: records })))).toContain(
      'n=.Records[].Data.dynamodb.NewImage.version.N',
    );
  });

  test('for changes of DynamoDB without a version: the time by which AWS says to order them', async () => {
    const at = (n: number) => ({
      dynamodb: { ApproximateCreationDateTime: 1_795_420_800_000 + n, Keys: { pk: { S: 'a' } } },
    });
    const events = [1, 2, 3].map((n) => `${JSON.stringify(lambda(payload(at(n))))}\n`);
    expect(await importLineFor(await file(events.join('')))).toContain('json:/dynamodb/ApproximateCreationDateTime');
  });

  test('for a log of sentences with sequence numbers: how to name their parts', async () => {
    const path = await file([1, 2, 3].map((n) => `Processed ${seq} of key k, v${n}\n`).join(''));
    expect(await importLineFor(path)).toBeUndefined();
    expect(await prefixLineFor(path)).toMatch(/^kinesis-order import log \S+ --prefix '\(\?<seq>\\d\{40,\}\)\.\*key=/);
    expect(await prefixLineFor(await file('some words\nand others\n'))).toBeUndefined();
  });

  test('for a KCL log, which is imported with a dump', async () => {
    const path = await file('2026-11-24 09:00:00 DEBUG Initializing shard shardId-000000000000 with TRIM_HORIZON\n');
    expect(await importLineFor(path)).toBe(`kinesis-order import jsonl DUMP --with kcl-log:${path} --out h.ndjson`);
  });

  test('for a table with rounded numbers', async () => {
    const path = await file('shard_id,sequence_number,customer_id,counter\nshardId-000000000000,4.96778E+55,k,1\n');
    expect(await importLineFor(path)).toContain('--map shard=.shard_id,flow=.customer_id,n=.counter --out');
  });

  test('for a folder: by its largest file', async () => {
    const row = (version: number, orderVersion: number): string =>
      `${JSON.stringify({ sequenceNumber: seq, partitionKey: 'k', version, orderVersion })}\n`;
    const path = await file(row(1, 30), join('logs', 'app.log'));
    await file([1, 2, 3, 4, 5, 6, 7].map((n) => row(1, n)).join(''), join('logs', 'app.log.1'));
    expect(await importLineFor(dirname(path))).toContain('n=.orderVersion --out');
  });

  test('for UTF-16, which PowerShell writes, and it is read', async () => {
    const row = JSON.stringify({ sequenceNumber: seq, shardId: 'shardId-000000000000', partitionKey: 'ö', counter: 1 });
    const path = await file(Buffer.from(`\ufeff${row}\r\n`, 'utf16le'));
    expect(await importLineFor(path)).toContain(
      '--map seq=.sequenceNumber,shard=.shardId,key=.partitionKey,n=.counter',
    );
    const { verdict, lines } = await imported([{ format: 'jsonl', path, isPut: false }]);
    expect(verdict.counts.read).toBe(1);
    expect(lines.find(({ type }) => type === 'page')).toMatchObject({ records: [{ key: 'ö', n: 1 }] });
  });

  test('for a folder of objects, and a nested one', async () => {
    const object = JSON.stringify({ customer_id: 'k', event_no: 1 });
    const flat = await file(object + object, join('flat', 'a'));
    await file(object + object, join('flat', 'b'));
    const folder = flat.slice(0, -2);
    expect(await importLineFor(folder)).toBe(
      `kinesis-order import firehose ${folder}/* --id json:/event_no,key=/customer_id --out h.ndjson`,
    );
    await file(object + object, join('flat', '2026', 'c'));
    expect(await importLineFor(folder)).toContain(`import firehose $(find ${folder} -type f | sort) --id`);
  });
});
