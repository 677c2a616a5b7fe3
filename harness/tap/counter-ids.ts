import type { Identify, RecordIdentity } from './identity/record-identity.ts';
import { NumberTable } from './number-table.ts';
import { ProducerBook } from './producer-book.ts';
import { contentOf } from './put-call.ts';
import { ownId, placeText, type RecordId, type RecordIds, type SeenRecord } from './record-ids.ts';
import { Tally } from './tally.ts';

export type CounterIdsOptions = {
  /** `--id`, as on the command line. */
  readonly text: string;
  readonly identify: Identify;
  /** The run id in the payloads of this tool's own records. */
  readonly ownRun: string | undefined;
  /** True if others may write to the stream: then only records whose put was seen belong to this recording. */
  readonly isShared: boolean;
};

/** Reads identities from a counter in the payload, for puts and pages alike. */
export const counterIds = ({ text, identify, ownRun, isShared }: CounterIdsOptions): RecordIds => {
  const tally = new Tally(text);
  const book = new ProducerBook();
  const seen = new NumberTable();
  return {
    send: (producer, records) => {
      const ids = records.map((record) => {
        const own = ownId(record, ownRun);
        if (own !== undefined) return own;
        const found = identify(record.data, record.key ?? '');
        tally.count(record, found !== undefined);
        if (isShared) seen.set(contentOf(record), 0);
        if (found === undefined) return {};
        if (found.producer === undefined) book.sent(producer, contentOf(record));
        return idOf(found, record.key, producer);
      });
      const answered: ReturnType<RecordIds['send']>['answered'] = (_, places) => {
        for (const place of places) {
          if (place === undefined) continue;
          if (isShared) seen.set(placeText(place), 0);
          book.placed(producer, placeText(place));
        }
      };
      return { ids, known: undefined, answered };
    },
    read: (record) => {
      const own = ownId(record, ownRun);
      if (own !== undefined) return own;
      if (isShared && !seen.has(placeText(record)) && !seen.has(contentOf(record))) return {};
      const found = identify(record.data, record.key ?? '');
      return found === undefined ? {} : idOf(found, record.key, writerOf(book, record));
    },
    notes: () => tally.notes(),
  };
};

const idOf = (found: RecordIdentity, key: string | undefined, producer: string | undefined): RecordId => {
  const who = found.producer ?? producer;
  return {
    n: found.n,
    ...(who === undefined ? {} : { producer: who }),
    ...(found.key === undefined || found.key === key ? {} : { flow: found.key }),
  };
};

const writerOf = (book: ProducerBook, record: SeenRecord): string | undefined =>
  book.writerOf(placeText(record), contentOf(record));
