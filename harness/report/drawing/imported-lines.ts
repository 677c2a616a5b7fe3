import type { Head, HistoryEvent } from '../../model/event.ts';
import { ownLinesOf } from '../../model/own-lines.ts';
import { compareSequence } from '../../model/sequence-number.ts';
import type { Finding } from '../../model/verdict.ts';
import { type Named, namedBy } from '../story/named.ts';

/** Which lines of the user's own files tell of the records of a finding, where the history was imported. */
export class ImportedLines {
  #files: readonly string[] = [];
  readonly #events = new Map<number, HistoryEvent>();

  /** Of the lines of witnesses, and the first one. */
  take(event: HistoryEvent | Head, line: number): void {
    if (event.type === 'head') this.#files = event.import?.files ?? [];
    else if ((event.type === 'put' || event.type === 'page') && event.lines !== undefined)
      this.#events.set(line, event);
  }

  /** One line for each record that is named, the one that is wrong first. */
  words(finding: Finding): readonly string[] {
    const told = new Map<string, Set<string>>();
    for (const named of namedBy(finding))
      for (const number of finding.witness) {
        const event = this.#events.get(number);
        if (event === undefined) continue;
        for (const place of this.#placesOf(event, finding, named)) {
          const name = named.n === null ? `the record ${named.seq}` : `#${named.n}`;
          told.set(name, (told.get(name) ?? new Set()).add(place));
        }
      }
    return [...told].map(([name, places]) => `${name} stands in ${[...places].join(' and ')}`);
  }

  #placesOf(event: HistoryEvent, finding: Finding, named: Named): readonly string[] {
    if (event.type !== 'put' && event.type !== 'page') return [];
    const records = event.type === 'put' ? event.entries : (event.records ?? []);
    const lines = ownLinesOf(event.lines, records.length) ?? [];
    const file = this.#files[event.file ?? 0] ?? 'the file';
    return lines.flatMap((line, item) => {
      const record = records[item];
      return record !== undefined && isNamed(record, finding, named) ? [`line ${line} of ${file}`] : [];
    });
  }
}

type Record = { readonly key?: string; readonly flow?: string; readonly n?: number; readonly seq?: string };

/** By its place where both have one, else by its number in the flow. */
const isNamed = ({ key, flow, n, seq }: Record, finding: Finding, named: Named): boolean => {
  if (seq !== undefined && named.seq !== null) return compareSequence(seq, named.seq) === 0;
  return named.n !== null && n === named.n && (finding.key === null || finding.key === (flow ?? key));
};
