import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { renderReport, withCleanRuns } from './render.ts';
import { withReported } from './reported.ts';

const cells = (client: string, fault: string): readonly string[] => [
  client,
  'kinesis-local',
  fault,
  'holds (0)',
  'yes',
  'nothing',
  'sent 1 | 2',
  'holds',
  '7',
  'yes',
];
const row = (client: string, fault: string) => ({ commit: 'abc1234', date: '2026-01-01', cells: cells(client, fault) });
const named = (name: string, client: string, fault: string) => ({ name, client, engine: 'kinesis-local', fault });

test('rows that ran on another machine stay in the report, and those of this one are newer', () => {
  const order = ['a kinesis-local', 'b kinesis-local', 'c kinesis-local'];
  const before = renderReport(
    {
      rows: { 'a kinesis-local': row('A', 'none'), 'b kinesis-local': row('B', 'none') },
      versions: { go: '1', boto3: '2' },
    },
    order,
    {},
  );
  const here = { rows: { 'b kinesis-local': { ...row('B', 'none'), commit: 'def5678' } }, versions: { go: '3' } };
  const both = withReported(here, before, [
    named('a kinesis-local', 'A', 'none'),
    named('b kinesis-local', 'B', 'none'),
    named('c kinesis-local', 'A', 'a split'),
  ]);
  expect(both.versions).toEqual({ go: '3', boto3: '2' });
  expect(Object.keys(both.rows)).toEqual(['a kinesis-local', 'b kinesis-local']);
  expect(both.rows['a kinesis-local']).toEqual({ commit: 'abc1234', date: '', cells: cells('A', 'none') });
  expect(both.rows['b kinesis-local']?.commit).toBe('def5678');
  expect(renderReport(both, order, {})).toContain('Not run: c kinesis-local.');
});

test('without clean runs on this machine, those of the report stay', async () => {
  const report = await readFile('reports/clients.md', 'utf8');
  expect(withCleanRuns(report, {})).toBe(report);
});
