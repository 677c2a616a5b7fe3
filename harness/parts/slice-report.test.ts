import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkHistory } from '../judging/check-history.ts';
import { wideHistory } from '../testing/generators/wide-history.ts';
import { sliceReportOf } from './slice-report.ts';

test('pages that one slice did not record stay unknown, whatever other slices did', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kinesis-order-slice-report-'));
  try {
    const path = join(folder, 'h.ndjson');
    const [head, ...lines] = wideHistory('1', { shards: 2, calls: 10, oddEvery: 0 });
    const unread = lines.filter(({ type }) => type !== 'page');
    const sliced = { ...head, slice: { index: 1, count: 2, group: 'g' }, recorded: ['puts'] };
    await writeFile(path, [sliced, ...unread].map((line) => `${JSON.stringify(line)}\n`).join(''));
    const { behind } = await sliceReportOf(path, await checkHistory(path), {});
    expect(Object.values(behind).length).toBeGreaterThan(10);
    expect(new Set(Object.values(behind))).toEqual(new Set(['pages were not recorded']));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
