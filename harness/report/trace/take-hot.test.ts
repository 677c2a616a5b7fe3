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
