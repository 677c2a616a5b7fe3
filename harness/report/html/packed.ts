import type { Trace } from '../trace/trace.ts';

/** What the page must know to unpack a trace: which columns stand where in the bytes, and how long they are. */
export type PackedHeader = { readonly columns: readonly PackedColumn[] };

/** `bytes` of the blob, in the order of the columns; none where every value is the same. */
export type PackedColumn = {
  readonly name: ColumnName;
  readonly length: number;
  readonly bytes: number;
  readonly constant?: number;
};

/**
 * The columns in which a trace travels. Steps are taken against what is nearly always so: the next number of a flow,
 * the next place of a shard, the record that was acknowledged.
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

/** Parts of the hash space travel as whole numbers. */
export const hashScale = 2 ** 40;

/** Lists of names, one text: a name has no line feed, since that is shown as what it is. */
export const textLists = ['keys', 'shards', 'readers', 'producers', 'errors', 'workers', 'seq'] as const;
export type TextLists = Readonly<Record<(typeof textLists)[number], readonly string[]>>;

export const textsOf = ({ names, places }: Trace): TextLists => ({ ...names, seq: places.seq });
