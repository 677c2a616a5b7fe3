import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { LineFeeder } from '../history/line-feeder.ts';
import type { Headroom } from '../model/headroom.ts';
import { aggregatedShape, aggregatesHistory } from '../testing/generators/aggregates-history.ts';
import { bytesOf } from '../testing/oracles/follow-bytes.ts';
import { headroomFold } from './headroom.ts';

const foldOf = (bytes: Buffer, isScanned: boolean): Headroom | undefined => {
  const fold = headroomFold();
  const lines = new LineFeeder(fold.take, isScanned ? fold.takeHot : undefined);
  lines.feed(bytes);
  lines.finish();
  return fold.result();
};

test.prop([fc.nat(), aggregatedShape], { numRuns: 40 })(
  'headroom of aggregates is the same whether lines are scanned or parsed',
  (seed, shape) => {
    const bytes = bytesOf(aggregatesHistory(String(seed), 60, shape));
    expect(foldOf(bytes, true)).toEqual(foldOf(bytes, false));
  },
);
