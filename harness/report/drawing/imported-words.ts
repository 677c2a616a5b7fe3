import type { HistoryEvent } from '../../model/event.ts';
import { ownLinesOf } from '../../model/own-lines.ts';
import { compareSequence } from '../../model/sequence-number.ts';
import type { Finding } from '../../model/verdict.ts';
import { type Named, namedBy } from '../story/named.ts';
import type { TraceFold } from '../trace/trace-fold.ts';

/** What a fold keeps of the lines of findings. */
export type Kept = Pick<TraceFold, 'head' | 'lines'>;

/**
 * Which lines of the user's own files name the records of a finding, if the history was imported. One line for each
 * record that is named, the one that is wrong first.
 */
export const importedWords = ({ head, lines }: Kept, finding: Finding): readonly string[] => {
  const files = head?.import?.files ?? [];
  const placesOf = new Map<string, Set<string>>();
  for (const named of namedBy(finding))
    for (const number of finding.witness) {
      const event = lines.get(number);
      if (event?.type !== 'put' && event?.type !== 'page') continue;
      for (const { place, n = named.n } of placesIn(event, files, finding, named)) {
        const name = n === null ? `the record ${named.seq}` : `#${n}`;
        placesOf.set(name, (placesOf.get(name) ?? new Set()).add(place));
      }
    }
  return [...placesOf].map(([name, places]) => `${name} stands in ${[...places].join(' and ')}`);
};

const placesIn = (
  event: Extract<HistoryEvent, { type: 'put' | 'page' }>,
  files: readonly string[],
  finding: Finding,
  named: Named,
): readonly { readonly place: string; readonly n: number | undefined }[] => {
  const records = event.type === 'put' ? event.entries : (event.records ?? []);
  const file = files[event.file ?? 0] ?? 'the file';
  return (ownLinesOf(event.lines, records.length) ?? []).flatMap((line, item) => {
    const record = records[item];
    if (record === undefined || !isNamed(record, finding, named)) return [];
    return [{ place: `line ${line} of ${file}`, n: named.n ?? record.n }];
  });
};

type Record = { readonly key?: string; readonly flow?: string; readonly n?: number; readonly seq?: string };

/** By its place where both have one, else by its number in the flow. */
const isNamed = ({ key, flow, n, seq }: Record, finding: Finding, named: Named): boolean => {
  if (seq !== undefined && named.seq !== null) return compareSequence(seq, named.seq) === 0;
  return named.n !== null && n === named.n && (finding.key === null || finding.key === (flow ?? key));
};
