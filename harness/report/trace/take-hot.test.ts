import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { LineFeeder } from '../../history/line-feeder.ts';
import { aggregatedShape, aggregatesHistory } from '../../testing/generators/aggregates-history.ts';
import { bytesOf } from '../../testing/oracles/follow-bytes.ts';
import { finishTrace } from './finish-trace.ts';
import { TraceFold } from './trace-fold.ts';

const traceOf = (bytes: Buffer, isScanned: boolean): unknown => {
  const fold = new TraceFold();
  const lines = new LineFeeder(
    (event, line) => fold.take(event, line),
    isScanned ? (hot, line) => fold.takeHot(hot, line) : undefined,
  );
  lines.feed(bytes);
  lines.finish();
  return { trace: finishTrace(fold.draft, fold.draft.shards.names), series: fold.activity.series() };
};

test.prop([fc.nat(), aggregatedShape], { numRuns: 40 })(
  'aggregates are drawn the same whether their lines are scanned or parsed',
  (seed, shape) => {
    const bytes = bytesOf(aggregatesHistory(String(seed), 60, shape));
    expect(traceOf(bytes, true)).toEqual(traceOf(bytes, false));
  },
);

test('latencies count from when a put was due, whether its line is scanned or parsed', () => {
  const lines = [
    { type: 'head', format: 'kinesis-order-history', version: 1, run: 'r' },
    ...[1, 2, 3].flatMap((op) => [
      {
        t: op * 1000,
        type: 'put',
        op,
        producer: 'p',
        api: 'PutRecord',
        due: op * 1000 - 400,
        entries: [{ key: 'a', n: op }],
      },
      { t: op * 1000 + 100, type: 'ack', op, outcome: 'ok', results: [{ shard: 's', seq: String(op) }] },
    ]),
  ];
  const bytes = Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const latencyOf = (isScanned: boolean): unknown => {
    const fold = new TraceFold();
    let scanned = 0;
    const feeder = new LineFeeder(
      (event, line) => fold.take(event, line),
      isScanned
        ? (hot, line) => {
            scanned += 1;
            fold.takeHot(hot, line);
          }
        : undefined,
    );
    feeder.feed(bytes);
    feeder.finish();
    if (isScanned) expect(scanned).toBeGreaterThan(0);
    return fold.activity.overall();
  };
  expect(latencyOf(true)).toEqual([500, 500, 500]);
  expect(latencyOf(false)).toEqual([500, 500, 500]);
});
