import type { Trace } from '../trace/trace.ts';

/** What the page needs to unpack a trace: the position and the length of each column. */
export type PackedHeader = { readonly columns: readonly PackedColumn[] };

/**
 * Columns follow each other in the blob, `bytes` each. If all values are equal, `bytes` is 0 and `constant` is the
 * value.
 */
export type PackedColumn = {
  readonly name: ColumnName;
  readonly length: number;
  readonly bytes: number;
  readonly constant?: number;
};

/**
 * The packed columns of a trace. Many values are differences to the usual case, so that they are mostly 0: the next
 * number of a flow, the next place of a shard, the record that was acknowledged.
 */
export const columnNames = [
  'flowKey',
  'flowProducer',
  'keyHash',
  'callOp',
  'callLine',
  'callT',
  'callAckLine',
  'callAckT',
  'callProducer',
  'callApi',
  'callOutcome',
  'callError',
  'callCount',
  'entryFlow',
  'entryKeyStep',
  'entryNStep',
  'entryShard',
  'entryPlaceStep',
  'entryError',
  'entryHash',
  'placeShard',
  'placeSub',
  'placeEntry',
  'pageLine',
  'pageT0',
  'pageT',
  'pageReader',
  'pageChain',
  'pageShard',
  'pageWorker',
  'pageBehind',
  'pageMore',
  'pageStart',
  'pageError',
  'pageCount',
  'readPlace',
  'readFlow',
  'readN',
  'texts',
] as const;
export type ColumnName = (typeof columnNames)[number];

/** Shares of the hash space are packed as integers, multiplied by this. */
export const hashScale = 2 ** 40;

/** Lists of texts, packed as one JSON text. Line feeds in names were replaced before. */
export const textLists = ['keys', 'shards', 'readers', 'producers', 'errors', 'workers', 'seq'] as const;
export type TextLists = Readonly<Record<(typeof textLists)[number], readonly string[]>>;

export const textsOf = ({ names, places }: Trace): TextLists => ({ ...names, seq: places.seq });
