import { describe, expect, test } from 'vitest';
import { checkHistory } from '../../judging/check-history.ts';
import type { HistoryLine } from '../../model/event.ts';
import { history, lower, upper } from '../../testing/generators/history-builder.ts';
import type { PageHistory } from './data.ts';
import { historyData } from './history-data.ts';
import { subjectsView } from './view/subjects.ts';

const pageOf = async (lines: readonly HistoryLine[]): Promise<PageHistory> => {
  const judged = await checkHistory(lines, { path: 'h.ndjson' });
  const read = async (_: string, onEvent: (event: HistoryLine, line: number) => void): Promise<boolean> => {
    for (const [index, line] of lines.entries()) onEvent(line, index + 1);
    return true;
  };
  const sources = { read, catalogue: {}, version: '0', now: 0 };
  const { page } = await historyData({ history: judged, run: { scenario: 's' } }, '0', sources);
  return page;
};

const dump = { recorder: 'import', import: { format: 'jsonl', files: [], lacks: [] } } as const;

describe('the caption of the map', () => {
  test('counts the shards that were listed', async () => {
    const { drawing } = await pageOf(
      history({}, [lower(0), upper(1)])
        .page([[10, 'a', 0]])
        .end().lines,
    );
    expect(drawing?.counts).toBe('2 shards, 1 key, 1 record');
  });

  test('of an import, where nothing lists shards, counts those that were read from', async () => {
    const lines = history(dump, [])
      .page([[10, 'a', 0]])
      .page([[20, 'b', 0]], { shard: 1 })
      .page([[30, 'b', 1]], { shard: 1 })
      .end().lines;
    expect((await pageOf(lines)).drawing?.counts).toBe('2 shards read from, 2 keys, 3 records');
  });

  test('says nothing of shards where none was listed or read', async () => {
    const lines = history({}, []).put('a', 0).info().end().lines;
    expect((await pageOf(lines)).drawing?.counts).toBe('1 key, 1 record');
  });
});

describe('a consumer under test', () => {
  const viewOf = async (reader: string): Promise<string> => {
    const { drawing } = await pageOf(
      history(dump, [])
        .event({ type: 'reader', reader, role: 'subject' })
        .page([[10, 'a', 0]], { reader })
        .end().lines,
    );
    return drawing === null ? '' : (subjectsView(drawing, '0')?.text ?? '');
  };

  test('whose name is its role is named once', async () => {
    const text = await viewOf('consumer');
    expect(text).toContain('aria-label="Consumer"');
    expect(text).toMatch(/>consumer<\/text>/);
    expect(text).not.toMatch(/consumer consumer/i);
  });

  test('is called by its name', async () => {
    const text = await viewOf('billing');
    expect(text).toContain('aria-label="Consumer billing"');
    expect(text).toMatch(/>consumer billing<\/text>/);
  });
});
