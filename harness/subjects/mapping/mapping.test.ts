import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { checkHistory } from '../../judging/check-history.ts';
import type { Kinesis, RawRecord } from '../../kinesis/kinesis.ts';
import { systemClock } from '../../lib/clock.ts';
import type { AnomalyId } from '../../model/anomaly.ts';
import { digestOf } from '../../model/digest.ts';
import type { EventBody, Head, ShardInfo } from '../../model/event.ts';
import { hashKeyMax, hashKeyOf } from '../../model/hash-key.ts';
import { ownId } from '../../tap/record-ids.ts';
import { decodeAggregate, encodeAggregate } from '../../workload/aggregation.ts';
import { openIdentity } from '../../workload/identity.ts';
import type { SealedStream, SubjectTools } from '../subject.ts';
import type { HandlerLine } from './handler-line.ts';
import type { LambdaEvent } from './lambda-event.ts';
import { Mapping } from './mapping.ts';
import { mappingOptions } from './options.ts';
import type { Outcome } from './read-answer.ts';

/**
 * One stream in memory: shard 0, split into 1 and 2 after half of the records; what was put, and what is to be found
 * there.
 */
const stream = (keys: number, each: number, isAggregated = false) => {
  const shards: ShardInfo[] = [
    { shard: 's0', range: ['0', String(hashKeyMax)], parents: [], seq: ['0', '999'] },
    { shard: 's1', range: ['0', String(hashKeyMax / 2n)], parents: ['s0'], seq: ['1000', null] },
    { shard: 's2', range: [String(hashKeyMax / 2n + 1n), String(hashKeyMax)], parents: ['s0'], seq: ['1001', null] },
  ];
  const records = new Map<string, RawRecord[]>(shards.map(({ shard }) => [shard, []]));
  const puts: EventBody[] = [];
  const identity = (key: string, n: number): Buffer =>
    Buffer.from(`${openIdentity({ run: 'r', producer: 'p1', key, n })}}`);
  let seq = 0;
  for (let n = 0; n < each; n += 1)
    for (let k = 0; k < keys; k += 1) {
      const key = `k${k}`;
      const isEarly = n < each / 2;
      if (!isEarly && seq < 1000) seq = 1001;
      seq += 1;
      const shard = isEarly ? 's0' : hashKeyOf(key) <= hashKeyMax / 2n ? 's1' : 's2';
      const users = isAggregated
        ? [
            { key, data: identity(key, 2 * n) },
            { key, data: identity(key, 2 * n + 1) },
          ]
        : [];
      const data = isAggregated ? encodeAggregate(users) : identity(key, n);
      records.get(shard)?.push({ seq: String(seq), key, data });
      const entries = isAggregated
        ? users.map((user, sub) => ({ key, n: 2 * n + sub, part: 0, digest: digestOf(user.data) }))
        : [{ key, n, digest: digestOf(data) }];
      const parts = isAggregated ? { parts: [{ key }] } : {};
      const op = seq;
      puts.push({ type: 'put', op, producer: 'p1', api: 'PutRecord', ...parts, entries });
      const place = { shard, seq: String(seq) };
      const results = entries.map((_, sub) => (isAggregated ? { ...place, sub } : place));
      puts.push({ type: 'ack', op, outcome: 'ok', results });
    }
  return { shards, records, puts };
};

type Stream = ReturnType<typeof stream>;

/** Pages of so many records, from memory; an iterator is `shard:index`. */
const engine = ({ records, shards }: Stream, pageSize: number): Pick<Kinesis, 'getShardIterator' | 'getRecords'> => ({
  getShardIterator: ({ shard, type, seq }) => {
    const list = records.get(shard) ?? [];
    const index = type === 'LATEST' ? list.length : list.findIndex((record) => record.seq === seq) + 1;
    return Promise.resolve({ ok: true, iterator: `${shard}:${index}` });
  },
  getRecords: ({ iterator }) => {
    const [shard = '', from] = iterator.split(':');
    const list = records.get(shard) ?? [];
    const end = Number(from) + pageSize;
    const isClosed = shards.find((info) => info.shard === shard)?.seq[1] !== null;
    const isLast = isClosed && end >= list.length;
    return Promise.resolve({
      ok: true,
      records: list.slice(Number(from), end),
      behind: end >= list.length ? 0 : 1,
      ...(isLast
        ? { children: shards.filter(({ parents }) => parents.includes(shard)).map((info) => info.shard) }
        : { next: `${shard}:${Math.min(end, list.length)}` }),
    });
  },
});

type Handler = (event: LambdaEvent, told: (line: HandlerLine) => void) => Promise<Outcome> | Outcome;

/** A mapping over a stream in memory, with a handler that is a function, run to its end and judged. */
const judged = async (made: Stream, options: object, handler: Handler, pageSize = 7) => {
  const lines: (EventBody & { readonly t: number })[] = [];
  let chains = 0;
  const write = (event: EventBody): number => {
    lines.push({ t: lines.length, ...event });
    return lines.length - 1;
  };
  const nextChain = (): number => {
    chains += 1;
    return chains;
  };
  const clock = systemClock();
  const kinesis = engine(made, pageSize);
  for (const event of made.puts) write(event);
  const said: string[] = [];
  const tools = {
    name: 'app',
    stream: 'orders',
    kinesis,
    listShards: () => Promise.resolve(made.shards),
    pollMsMin: 0,
    write,
    now: () => lines.length,
    nextChain,
    flushed: () => Promise.resolve(),
    identify: ({ key, data }) => ownId({ key, data }, 'r') ?? {},
    note: (text) => said.push(text),
    failed: (text) => said.push(text),
    clock,
    signal: new AbortController().signal,
  } as Omit<SubjectTools, 'acts'> as SubjectTools;
  const given = mappingOptions.parse({ handler: 'unused', pollMs: 0, ...options });
  const mapping = new Mapping(given, tools, (onHandlerLine) => ({
    start: () => Promise.resolve(),
    invoke: async (event) => {
      const shard = event.Records[0]?.eventID.split(':')[0] ?? '';
      return handler(event, (line) => onHandlerLine(line, shard));
    },
    close: () => Promise.resolve(),
  }));
  await mapping.started;
  const sealed: SealedStream = {
    sentinels: new Map(),
    shards: made.shards,
    highest: (shard) => made.records.get(shard)?.at(-1)?.seq,
  };
  const why = await mapping.finish(sealed);
  await mapping.stop();
  finalReading(made, write, nextChain);
  write({ type: 'topology', status: 'ACTIVE', shards: made.shards });
  write({ type: 'end', reason: 'completed' });
  const head: Head = { type: 'head', format: 'kinesis-order-history', version: 1, run: 'r', question: 'pipeline' };
  const verdict = await checkHistory([head, ...lines]);
  const claim = (id: AnomalyId) => verdict.claims.find(({ anomaly }) => anomaly === id);
  return {
    lines,
    verdict,
    why,
    said,
    claim,
    violated: verdict.claims.filter((one) => one.verdict === 'violated').map(({ anomaly }) => anomaly),
  };
};

const finalReading = ({ records, shards }: Stream, write: (event: EventBody) => number, nextChain: () => number) => {
  write({ type: 'reader', reader: 'final', role: 'final' });
  for (const { shard, seq } of shards) {
    const list = (records.get(shard) ?? []).flatMap((raw) => usersOf(raw));
    const isClosed = seq[1] !== null;
    write({
      type: 'page',
      reader: 'final',
      chain: nextChain(),
      shard,
      from: { type: 'TRIM_HORIZON' },
      records: list,
      behind: 0,
      more: !isClosed,
    });
  }
};

const usersOf = ({ seq, key, data }: RawRecord) => {
  const record = (user: { readonly key?: string | undefined; readonly data: Uint8Array }, sub: object) => ({
    seq,
    ...sub,
    ...(user.key === undefined ? {} : { key: user.key }),
    ...ownId(user, 'r'),
    digest: digestOf(user.data),
  });
  const users = decodeAggregate(data);
  return users === undefined ? [record({ key, data }, {})] : users.map((user, sub) => record(user, { sub }));
};

const good: Handler = () => ({ ok: true, answer: undefined });
const threw: Outcome = { ok: false, message: 'Error: no' };
const reporting = (...seqs: readonly (string | undefined)[]): Outcome => ({
  ok: true,
  answer: { batchItemFailures: seqs.map((itemIdentifier) => ({ itemIdentifier })) },
});
const seqsOf = ({ Records }: LambdaEvent): readonly string[] => Records.map(({ kinesis }) => kinesis.sequenceNumber);

/** Applies one record after the other and says so, up to those that fail; what it answers is what failed. */
const applying =
  (isPoison: (seq: string) => boolean, goesOn: boolean): Handler =>
  (event, told) => {
    const failed: string[] = [];
    for (const seq of seqsOf(event)) {
      if (isPoison(seq)) failed.push(seq);
      else if (goesOn || failed.length === 0) told({ event: 'done', seq });
    }
    return reporting(...failed);
  };

const subjectClaims: readonly AnomalyId[] = [
  'subject-loss',
  'subject-reorder',
  'subject-duplicate',
  'checkpoint-ahead',
  'effect-reorder',
  'effect-duplicate',
  'fetched-not-delivered',
  'subject-claim',
  'child-before-parent',
];

describe('the verdict on a mapping', () => {
  test('holds for a good handler, at any parallelization factor, across a split', async () => {
    for (const parallelizationFactor of [1, 4]) {
      const made = stream(6, 10);
      const { violated, verdict, why, claim } = await judged(made, { batchSize: 3, parallelizationFactor }, good);
      expect([why, violated, verdict.verdict]).toEqual([undefined, [], 'holds']);
      expect(verdict.subjects).toMatchObject([
        { group: 'app', owed: 60, delivered: 60, redelivered: 0, neverReadShards: [] },
      ]);
      expect(subjectClaims.map((id) => claim(id)?.verdict)).toEqual(subjectClaims.map(() => 'holds'));
    }
  });

  test('holds for a poison record with partial responses, which goes to the destination and is reported', async () => {
    const options = { batchSize: 5, retries: 2, partialBatchResponse: true, bisect: true, onFailure: 'dlq' };
    const { violated, claim, why } = await judged(
      stream(4, 10),
      options,
      applying((seq) => seq === '7', false),
    );
    expect([why, violated]).toEqual([undefined, []]);
    expect(claim('subject-discard')).toMatchObject({ verdict: 'holds', found: 1 });
  });

  test('shows that without bisect, records never tried are discarded with a poison record', async () => {
    const options = { batchSize: 5, retries: 1, partialBatchResponse: true, onFailure: 'dlq' };
    const { claim, lines } = await judged(
      stream(4, 10),
      options,
      applying((seq) => seq === '7', false),
    );
    // Batches of five: 6 to 10 is the one with the poison.
    const discarded = lines.flatMap((line) => (line.type === 'subject' && line.event === 'discard' ? [line.seq] : []));
    expect(discarded).toEqual(['7', '8', '9', '10']);
    expect(claim('subject-discard')?.found).toBe(4);
  });

  test('reports a lost batch if the handler throws until retries are exhausted', async () => {
    const options = { batchSize: 5, retries: 2 };
    const handler: Handler = (event) => (seqsOf(event).includes('7') ? threw : { ok: true, answer: undefined });
    const { violated, claim, verdict } = await judged(stream(4, 10), options, handler);
    expect(violated).toEqual(['subject-discard']);
    expect(claim('subject-discard')).toMatchObject({ expect: 'forbid', found: 5 });
    expect(verdict.subjects).toMatchObject([{ redelivered: 10 }]);
    expect(verdict.findings.find(({ anomaly }) => anomaly === 'subject-discard')?.blame).toBe('consumer');
  });

  test('reports duplicates if the handler continues after a failure, and none if it stops there', async () => {
    const options = { batchSize: 5, retries: 5, partialBatchResponse: true };
    const once = (goesOn: boolean) => {
      let failures = 0;
      return applying((seq) => {
        if (seq !== '7' || failures === 2) return false;
        failures += 1;
        return true;
      }, goesOn);
    };
    const careful = await judged(stream(4, 10), options, once(false));
    expect(careful.violated).toEqual([]);
    const careless = await judged(stream(4, 10), options, once(true));
    expect(careless.violated).toEqual(['effect-duplicate']);
    // 8, 9 and 10, each twice more than once.
    expect(careless.claim('effect-duplicate')?.found).toBe(6);
    // In a batch of twenty, others of its key are behind it.
    const unordered = await judged(stream(4, 10), { ...options, batchSize: 20 }, once(true), 20);
    expect(unordered.violated).toEqual(['effect-reorder', 'effect-duplicate']);
  });

  test('ignores batchItemFailures if the option is off', async () => {
    const { violated, claim } = await judged(
      stream(4, 10),
      { batchSize: 5 },
      applying((seq) => seq === '7', false),
    );
    // 7 to 10 were not applied, Lambda took the batch for a success, and its checkpoint went over them.
    expect(violated).toEqual(['checkpoint-ahead']);
    expect(claim('checkpoint-ahead')?.found).toBe(4);
  });

  test('is unknown if endless retries are stopped by the deadline', async () => {
    const { why, claim, violated } = await judged(stream(2, 4), { doneMs: 100 }, () => threw);
    expect(why).toMatch(
      /^app had not handled everything within 100 ms \(doneMs\); read and not settled: 4 of s0; .*Error: no$/,
    );
    expect([violated, claim('subject-loss')?.verdict]).toEqual([[], 'unknown']);
  });

  test('counts an aggregate as one record for the handler, and as all its user records for the judge', async () => {
    const sizes: number[] = [];
    const handler: Handler = ({ Records }) => {
      sizes.push(...Records.map(({ kinesis }) => Buffer.from(kinesis.data, 'base64').length));
      return { ok: true, answer: undefined };
    };
    const { violated, verdict, lines } = await judged(stream(4, 6, true), { batchSize: 3 }, handler);
    expect(violated).toEqual([]);
    expect(sizes.length).toBe(24);
    expect(verdict.subjects).toMatchObject([{ owed: 48, delivered: 48 }]);
    const dones = lines.filter((line) => line.type === 'subject' && line.event === 'done');
    expect(dones.length).toBe(24);
  });

  test('with LATEST requires later records, and child shards from their beginning', async () => {
    const { lines, violated } = await judged(stream(2, 4), { startingPosition: 'LATEST' }, good);
    const starts = lines.flatMap((line) =>
      line.type === 'subject' && line.event === 'start' ? [[line.shard, line.at]] : [],
    );
    expect(starts).toEqual([
      ['s1', 'LATEST'],
      ['s2', 'LATEST'],
    ]);
    expect(violated).toEqual([]);
  });
});

describe('the handler gets', () => {
  test('concurrent batches with a factor, but never two with the same key', async () => {
    const busy = new Set<string>();
    let [atOnce, most] = [0, 0];
    const handler: Handler = async ({ Records }) => {
      const keys = new Set(Records.map(({ kinesis }) => kinesis.partitionKey ?? ''));
      for (const key of keys) {
        expect(busy.has(key)).toBe(false);
        busy.add(key);
      }
      atOnce += 1;
      most = Math.max(most, atOnce);
      await new Promise((resolve) => setTimeout(resolve, 1));
      atOnce -= 1;
      for (const key of keys) busy.delete(key);
      return { ok: true, answer: undefined };
    };
    await judged(stream(20, 10), { batchSize: 4, parallelizationFactor: 4 }, handler, 100);
    // Two children, four lanes each.
    expect(most).toBeGreaterThan(4);
    expect(most).toBeLessThanOrEqual(8);
  });

  test('records of several pages in one batch with a batching window, else one batch per page', async () => {
    const sizes = async (batchWindow: number): Promise<number> => {
      let most = 0;
      const handler: Handler = ({ Records }) => {
        most = Math.max(most, Records.length);
        return { ok: true, answer: undefined };
      };
      await judged(stream(4, 20), { batchSize: 20, batchWindow }, handler, 3);
      return most;
    };
    expect(await sizes(0.5)).toBe(20);
    expect(await sizes(0)).toBeLessThan(20);
  });

  test('no more pages than it can handle: a slow handler slows the reader down', async () => {
    let [seen, readAhead] = [0, 0];
    let lines = 0;
    const handler: Handler = async ({ Records }) => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      seen += Records.length;
      return { ok: true, answer: undefined };
    };
    const made = stream(2, 200);
    const { lines: all } = await judged(made, { batchSize: 5 }, handler, 5);
    for (const line of all) {
      if (line.type !== 'page') continue;
      if (line.reader === 'app/fetch') lines += line.records?.length ?? 0;
      if (line.reader === 'app') lines -= line.records?.length ?? 0;
      readAhead = Math.max(readAhead, lines);
    }
    expect(seen).toBe(400);
    // Two shards at once: two batches that lie ready, the page that was too much, and one batch under way.
    expect(readAhead).toBeLessThanOrEqual(2 * 5 * 4);
  });
});

const script = fc.array(fc.oneof(fc.constant('throw' as const), fc.array(fc.nat({ max: 6 }), { maxLength: 2 })), {
  maxLength: 40,
});
const options = fc.record({
  batchSize: fc.integer({ min: 1, max: 8 }),
  retries: fc.nat({ max: 2 }),
  bisect: fc.boolean(),
  partialBatchResponse: fc.boolean(),
  parallelizationFactor: fc.integer({ min: 1, max: 4 }),
});

test.prop([options, script, fc.integer({ min: 1, max: 20 })], { numRuns: 25 })(
  'whatever a handler does, the mapping itself never loses, reorders or checkpoints records, or starts a child early',
  async (given, lines, pageSize) => {
    let call = 0;
    const handler: Handler = (event) => {
      const line = lines[call] ?? [];
      call += 1;
      return line === 'throw' ? threw : reporting(...line.map((index) => seqsOf(event)[index] ?? 'unknown'));
    };
    const made = stream(5, 8);
    const {
      violated,
      why,
      lines: all,
      verdict,
    } = await judged(made, { ...given, onFailure: 'dlq' }, handler, pageSize);
    expect([why, violated]).toEqual([undefined, []]);
    expect(verdict.subjects).toMatchObject([{ owed: 40 - discardsOf(all), neverReadShards: [] }]);
    const events = all.filter((line) => line.type === 'subject' || line.type === 'page');
    const lastOfParent = events.findLastIndex(
      (line) => line.shard === 's0' && 'reader' in line && line.reader === 'app',
    );
    const firstOfChild = events.findIndex(
      (line) => line.shard !== 's0' && line.reader === 'app' && line.type === 'page',
    );
    expect(firstOfChild).toBeGreaterThan(lastOfParent);
  },
);

const discardsOf = (lines: readonly EventBody[]): number =>
  lines.filter((line) => line.type === 'subject' && line.event === 'discard').length;
