import { describe, expect, it } from 'vitest';
import { checkHistory, type HistoryLine } from '../../../judging/check-history.ts';
import type { HistoryVerdict } from '../../../model/verdict.ts';
import { bytesOf } from '../../oracles/follow-bytes.ts';
import { judgeBytes } from '../../oracles/judge-bytes.ts';

type Fields = Readonly<Record<string, unknown>>;

const startedAt = '2026-11-23T08:00:00.000Z';
const wall = Date.parse(startedAt);
const digestOf = (key: string, n: number): string => (key.charCodeAt(0) * 1000 + n).toString(16).padStart(16, '0');
const entry = (key: string, n: number): Fields => ({ key, n, digest: digestOf(key, n), bytes: 5 });
const record = (seq: number, n: number, more: Fields = {}): Fields => ({
  ...entry('a', n),
  seq: String(seq),
  producer: 'p',
  ...more,
});

const head = (more: Fields = {}): Fields => ({
  type: 'head',
  format: 'kinesis-order-history',
  version: 1,
  run: 'r',
  startedAt,
  ...more,
});
const topology = (seq: readonly (string | null)[] = ['1', null]): Fields => ({
  type: 'topology',
  status: 'ACTIVE',
  shards: [{ shard: 's', range: ['0', String(2n ** 128n - 1n)], parents: [], seq }],
});
const put = (op: number, n: number): Fields => ({
  type: 'put',
  op,
  producer: 'p',
  api: 'PutRecord',
  attempt: 1,
  entries: [entry('a', n)],
});
const batch = (op: number, ...entries: readonly Fields[]): Fields => ({ ...put(op, 0), api: 'PutRecords', entries });
const ack = (op: number, more: Fields): Fields => ({ type: 'ack', op, outcome: 'ok', ...more });
const ok = (op: number, ...seqs: readonly number[]): Fields =>
  ack(op, { results: seqs.map((seq) => ({ shard: 's', seq: String(seq) })) });
const info = (op: number): Fields => ack(op, { outcome: 'info', error: 'TimeoutError' });
const fail = (op: number): Fields => ack(op, { outcome: 'fail', error: 'ValidationException' });
const refused = (op: number, error: string): Fields => ack(op, { results: [{ error }] });
const final: Fields = { type: 'reader', reader: 'f', role: 'final' };
const page = (...records: readonly Fields[]): Fields => ({
  type: 'page',
  reader: 'f',
  chain: 1,
  shard: 's',
  from: { type: 'TRIM_HORIZON' },
  records,
  behind: 0,
  more: true,
});
const next = (...records: readonly Fields[]): Fields => {
  const { from: _, ...rest } = page(...records);
  return rest;
};
const two = [put(1, 0), ok(1, 10), put(2, 1), ok(2, 20)];

/** Ten microseconds from line to line; a head and an open shard before, an end behind. */
const history = (lines: readonly Fields[], first: Fields = head(), shard: Fields = topology()): readonly Fields[] => [
  first,
  ...[shard, ...lines, { type: 'end', reason: 'completed' }].map((line, index) => ({ t: index * 10, ...line })),
];

const saidOf = ({ findings }: HistoryVerdict): readonly string[] =>
  findings.map(
    ({ anomaly, kind, expect: how, blame, explainedBy, evidence }) =>
      `${anomaly}${kind === null ? '' : `/${kind}`}${evidence['stale'] === true ? ' stale' : ''} ${how} ${blame}${explainedBy === null ? '' : ` <${explainedBy}`}`,
  );

type Case = readonly [says: string, lines: readonly Fields[], said: readonly string[]];
const cases: readonly Case[] = [
  ['nothing is found where nothing is wrong', history([...two, final, page(record(10, 0), record(20, 1))]), []],
  [
    '5: read at two positions, sent once: the service stored it twice',
    history([...two, final, page(record(10, 0), record(15, 0), record(20, 1))]),
    ['duplicate forbid service-write'],
  ],
  [
    '5: an attempt before the last ended info: retry, allowed',
    history([
      put(1, 0),
      info(1),
      put(2, 0),
      ok(2, 12),
      put(3, 1),
      ok(3, 20),
      final,
      page(record(10, 0), record(12, 0), record(20, 1)),
    ]),
    ['duplicate/retry allow producer'],
  ],
  [
    '5: the last attempt ended info, and the one before definitely failed: nothing excuses two copies',
    history([
      put(1, 0),
      fail(1),
      put(2, 0),
      info(2),
      put(3, 1),
      ok(3, 20),
      final,
      page(record(10, 0), record(12, 0), record(20, 1)),
    ]),
    ['duplicate forbid service-write', 'recovered report null'],
  ],
  [
    '5: sent again after an attempt had been acknowledged: resend, forbidden',
    history([
      put(1, 0),
      ok(1, 10),
      put(2, 0),
      ok(2, 12),
      put(3, 1),
      ok(3, 20),
      final,
      page(record(10, 0), record(12, 0), record(20, 1)),
    ]),
    ['duplicate/resend forbid producer'],
  ],
  [
    '5: an unknown outcome before does not excuse the sending after an acknowledgement',
    history([
      put(1, 0),
      info(1),
      put(2, 0),
      ok(2, 12),
      put(4, 0),
      ok(4, 14),
      put(5, 1),
      ok(5, 20),
      final,
      page(record(10, 0), record(12, 0), record(14, 0), record(20, 1)),
    ]),
    ['duplicate/resend forbid producer'],
  ],
  [
    '5: stale, when the copy lies behind a later n; and no reorder of first occurrences',
    history([
      put(1, 0),
      ok(1, 10),
      put(2, 1),
      ok(2, 20),
      put(3, 0),
      ok(3, 30),
      final,
      page(record(10, 0), record(20, 1), record(30, 0)),
    ]),
    ['duplicate/resend stale forbid producer'],
  ],
  [
    '5: twice from one position within one chain is re-delivery',
    history([...two, final, page(record(10, 0), record(20, 1)), next(record(20, 1))]),
    ['re-delivery forbid service-read'],
  ],
  [
    '9: another digest than the one sent is corruption',
    history([...two, final, page(record(10, 0, { digest: 'f'.repeat(16) }), record(20, 1))]),
    ['corruption forbid service-write'],
  ],
  [
    '9: another partition key than the one sent is corruption',
    history([...two, final, page(record(10, 0, { key: 'z', idKey: 'a' }), record(20, 1))]),
    ['corruption forbid service-write'],
  ],
  [
    '9: no identity, at a position acknowledged to a record: corruption, which explains phantom and loss',
    history([...two, final, page({ seq: '10', key: 'a', digest: 'f'.repeat(16) }, record(20, 1))]),
    [
      'corruption forbid service-write',
      'phantom forbid service-write <corruption',
      'lost-write/prefix forbid service-write <corruption',
    ],
  ],
  [
    '9: an identity of this run that was never put is a phantom',
    history([...two, final, page(record(10, 0), record(15, 7), record(20, 1))]),
    ['phantom forbid service-write'],
  ],
  [
    '9: no identity on a stream that is not shared is a phantom',
    history([...two, final, page(record(10, 0), { seq: '15', key: 'q', digest: 'f'.repeat(16) }, record(20, 1))]),
    ['phantom forbid service-write'],
  ],
  [
    '9: no identity on a shared stream is foreign',
    history(
      [...two, final, page(record(10, 0), { seq: '15', key: 'q', digest: 'f'.repeat(16) }, record(20, 1))],
      head({ stream: { shared: true } }),
    ),
    [],
  ],
  [
    'A7: read although every put of it definitely failed',
    history([
      put(1, 0),
      fail(1),
      put(2, 1),
      ok(2, 20),
      put(3, 2),
      ok(3, 30),
      final,
      page(record(10, 0), record(20, 1), record(30, 2)),
    ]),
    ['aborted-read forbid service-write'],
  ],
  [
    '1: an entry with ProvisionedThroughputExceededException definitely failed',
    history([
      batch(1, entry('a', 0)),
      refused(1, 'ProvisionedThroughputExceededException'),
      put(2, 1),
      ok(2, 20),
      put(3, 2),
      ok(3, 30),
      final,
      page(record(10, 0), record(20, 1), record(30, 2)),
    ]),
    ['aborted-read forbid service-write'],
  ],
  [
    '1: any other entry error is info: then it was recovered',
    history([
      batch(1, entry('a', 0)),
      refused(1, 'InternalFailure'),
      put(2, 1),
      ok(2, 20),
      put(3, 2),
      ok(3, 30),
      final,
      page(record(10, 0), record(20, 1), record(30, 2)),
    ]),
    ['recovered report null'],
  ],
  [
    'A8: read before it is first sent',
    history([final, page(record(10, 0)), put(1, 0), ok(1, 10), put(2, 1), ok(2, 20), next(record(20, 1))]),
    ['read-from-the-future forbid harness'],
  ],
  [
    'A4: acknowledged at one place, and read elsewhere only',
    history([...two, final, page(record(11, 0), record(20, 1))]),
    ['ack-mismatch forbid service-write'],
  ],
  [
    'A10: the places of one call are permuted, which explains all that follows from it',
    history([
      batch(1, entry('a', 0), entry('b', 0)),
      ok(1, 20, 10),
      put(2, 1),
      ok(2, 30),
      final,
      page(record(10, 0), { ...record(20, 0), ...entry('b', 0) }, record(30, 1)),
    ]),
    [
      'inconsistent-offsets forbid service-write <response-misalignment',
      'inconsistent-offsets forbid service-write <response-misalignment',
      'ack-mismatch forbid service-write <response-misalignment',
      'ack-mismatch forbid service-write <response-misalignment',
      'response-misalignment forbid service-write',
    ],
  ],
  [
    'A1: one place acknowledged to two records; the one that nobody read is not lost besides',
    history([
      put(1, 0),
      ok(1, 10),
      put(2, 1),
      ok(2, 10),
      put(3, 2),
      ok(3, 30),
      final,
      page(record(10, 0), record(30, 2)),
    ]),
    [
      'inconsistent-offsets forbid service-write',
      'lost-write/middle forbid service-write <inconsistent-offsets',
      'nonmonotonic-send forbid service-write',
    ],
  ],
  [
    'A11: arrival times that fall beyond the skew are shown',
    history([...two, final, page(record(10, 0, { arrival: wall + 900 }), record(20, 1, { arrival: wall - 900 }))]),
    ['arrival-regression allow service-write'],
  ],
  [
    'A11: and not those within it',
    history([...two, final, page(record(10, 0, { arrival: wall + 500 }), record(20, 1, { arrival: wall - 400 }))]),
    [],
  ],
  [
    'A9: a number below the range that its shard declares',
    history([...two, final, page(record(10, 0), record(20, 1))], head(), topology(['15', null])),
    ['seq-out-of-range forbid service-write'],
  ],
];

describe('identity and integrity', () => {
  it.each(cases)('%s', async (_, lines, said) => {
    const verdict = await checkHistory(lines as unknown as readonly HistoryLine[]);
    expect(saidOf(verdict)).toEqual(said);
    const bytes = bytesOf(lines);
    for (const isScanned of [true, false]) expect(judgeBytes(bytes, isScanned)).toEqual({ ...verdict, path: 'bytes' });
  });
});
