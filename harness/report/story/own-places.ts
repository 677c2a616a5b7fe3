import type { HistoryEvent } from '../../model/event.ts';
import { ownLinesOf } from '../../model/own-lines.ts';
import { compareSequence } from '../../model/sequence-number.ts';
import type { Finding, OwnPlace } from '../../model/verdict.ts';
import type { TraceFold } from '../trace/trace-fold.ts';
import { type Named, namedBy } from './named.ts';

/** The head and the lines of findings that a fold keeps. */
export type Kept = Pick<TraceFold, 'head' | 'lines'>;

/**
 * Where the records of a finding are in the user's own files, the wrong one first. Empty if the history was not
 * imported.
 */
export const ownPlaces = ({ head, lines }: Kept, finding: Finding): readonly OwnPlace[] => {
  const files = head?.import?.files ?? [];
  return namedBy(finding).flatMap((named) =>
    finding.witness.flatMap((number) => {
      const event = lines.get(number);
      return event?.type === 'put' || event?.type === 'page' ? placesIn(event, files, finding, named) : [];
    }),
  );
};

const placesIn = (
  event: Extract<HistoryEvent, { type: 'put' | 'page' }>,
  files: readonly string[],
  finding: Finding,
  named: Named,
): readonly OwnPlace[] => {
  const records = event.type === 'put' ? event.entries : (event.records ?? []);
  const file = files[event.file ?? 0] ?? 'the file';
  return (ownLinesOf(event.lines, records.length) ?? []).flatMap((line, item) => {
    const record: Record | undefined = records[item];
    if (record === undefined || !isNamed(record, finding, named)) return [];
    return [{ n: named.n ?? record.n ?? null, seq: named.seq ?? record.seq ?? null, file, line }];
  });
};

type Record = { readonly key?: string; readonly flow?: string; readonly n?: number; readonly seq?: string };

/** Compares sequence numbers if both have one, otherwise keys and numbers. */
const isNamed = ({ key, flow, n, seq }: Record, finding: Finding, named: Named): boolean => {
  if (seq !== undefined && named.seq !== null) return compareSequence(seq, named.seq) === 0;
  return named.n !== null && n === named.n && (finding.key === null || finding.key === (flow ?? key));
};
