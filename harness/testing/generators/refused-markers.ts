import { seededRandom } from '../../lib/random.ts';
import type { Head, HistoryEvent } from '../../model/event.ts';

type Line = Head | HistoryEvent;
type Put = Extract<Line, { type: 'put' }>;

/**
 * The same history with some sentinels sent twice: the service refused the first or did not answer, and a second one
 * with the next number was stored. The same seed gives the same history.
 */
export const withRefusedMarkers = (lines: readonly Line[], seed: string): readonly Line[] => {
  const random = seededRandom(`markers ${seed}`);
  const refused = new Set<string>();
  let op = lines.reduce((most, line) => (line.type === 'put' ? Math.max(most, line.op) : most), 0);
  return lines.flatMap((line): readonly Line[] => {
    if (line.type === 'page' && line.records !== undefined)
      return [{ ...line, records: line.records.map((one) => (isOf(refused, one.key) ? { ...one, n: 1 } : one)) }];
    if (line.type !== 'put' || line.role !== 'sentinel' || random.int(0, 1) === 0) return [line];
    for (const { key } of line.entries) if (typeof key === 'string') refused.add(key);
    op += 1;
    const first: Put = { ...line, op };
    const ends = [
      [{ type: 'ack', t: line.t, op, outcome: 'fail', error: 'InvalidArgumentException' }],
      [{ type: 'ack', t: line.t, op, outcome: 'info', error: 'TimeoutError' }],
      [{ type: 'ack', t: line.t, op, outcome: 'ok', results: [{ error: 'InternalFailure' }] }],
      [],
    ] as const;
    const end = ends[random.int(0, ends.length - 1)] ?? [];
    return [first, ...end, { ...line, entries: line.entries.map((entry) => ({ ...entry, n: 1 })) }];
  });
};

const isOf = (refused: ReadonlySet<string>, key: string | null | undefined): boolean =>
  typeof key === 'string' && refused.has(key);
