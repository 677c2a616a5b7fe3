import type { Finding } from '../../model/verdict.ts';
import { shardName, shortSeq } from '../naming.ts';
import { none, type Trace } from '../trace/trace.ts';
import type { TrackKind } from './picture.ts';

/** A label at the mark of the wrong record, on one track: what the shape of the mark cannot show. */
export type MarkNote = { readonly track: TrackKind; readonly words: string };

export const noteOf = ({ anomaly, evidence }: Finding): MarkNote | undefined => {
  const text = (name: string): string => {
    const value = evidence[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  const notes: Readonly<Record<string, MarkNote>> = {
    'inconsistent-offsets': { track: 'stored', words: 'one place, several records' },
    corruption: { track: 'delivered', words: `${text('what')} ${text('got')}, sent ${text('sent')}` },
    phantom: { track: 'delivered', words: 'nobody sent it' },
    'aborted-read': { track: 'delivered', words: 'though every put failed' },
    'read-from-the-future': { track: 'delivered', words: 'before it was sent' },
    mispartitioned: { track: 'stored', words: 'its hash key leads elsewhere' },
    'snfo-broken': { track: 'stored', words: `not above ${shortSeq(text('after'))}` },
    'seq-out-of-range': { track: 'stored', words: 'outside the declared range' },
    'write-to-closed': { track: 'stored', words: 'in a closed shard' },
    'shard-encoding': { track: 'stored', words: `its number encodes shard ${text('encoded')}` },
    'arrival-regression': { track: 'stored', words: 'says it arrived earlier' },
  };
  return notes[anomaly];
};

/** A line that divides the marks of a track into before and after. */
export type CutNote = { readonly line: number; readonly text: string; readonly track: 'sent' | 'delivered' };

export const cutOf = (
  { pages, names }: Trace,
  { anomaly, evidence, shards, witness }: Finding,
): CutNote | undefined => {
  const closed = evidence['closedOnLine'];
  if (typeof closed === 'number')
    return { line: closed, text: `${shards.map(shardName).join(', ')} shown closed`, track: 'sent' };
  const said = {
    'bookmark-broken': 'told: nothing is behind',
    'premature-shard-end': 'told: the shard is at its end',
    'stuck-shard-end': 'still not at its end',
  }[anomaly as string];
  if (said === undefined) return undefined;
  const page = [...pages.line.keys()].find(
    (index) =>
      witness.includes(pages.line[index] ?? 0) &&
      names.readers[pages.reader[index] ?? none] === evidence['reader'] &&
      (anomaly === 'bookmark-broken'
        ? pages.behind[index] === 0
        : anomaly !== 'premature-shard-end' || pages.more[index] === 2),
  );
  return page === undefined ? undefined : { line: pages.line[page] ?? 0, text: said, track: 'delivered' };
};
