import { itemBit, type LineColumns, rareBit } from '../../model/line-columns.ts';
import { compareLimbs, limbsPer } from '../../model/sequences.ts';
import type { Delivered } from './delivered.ts';
import { isIdKey, takeDigest } from './read-item.ts';
import type { ShardFront } from './shard-front.ts';
import type { StreamingRun } from './streaming-run.ts';
import type { SubjectFront } from './subject-front.ts';

/** True for a page of a consumer under test. */
export const isOfSubject = (run: StreamingRun, hot: LineColumns): boolean =>
  run.subjects.isAny && run.subjects.of(readerOf(run, hot)) !== undefined;

/**
 * Takes a page of a consumer under test. It proves nothing about the service (contract, rule 14). Returns false for a
 * page of another reader, which is not taken.
 */
export const followSubject = (run: StreamingRun, hot: LineColumns, line: number): boolean => {
  const id = readerOf(run, hot);
  const group = run.subjects.of(id);
  if (group === undefined) return false;
  const where = run.tables.shards.idAt(hot.source.words, hot.shard.start, hot.shard.end);
  group.notePage(id, where);
  const odd =
    oddPage(hot) ??
    (hot.count === 0 ? undefined : oddRecords({ run, front: group.front(where), shard: run.shard(where) }, hot, line));
  if (odd !== undefined) run.spill('all', odd);
  return true;
};

const readerOf = ({ tables }: StreamingRun, { reader, source }: LineColumns): number =>
  tables.readers.idAt(source.words, reader.start, reader.end);

const oddPage = ({ page }: LineColumns): string | undefined =>
  page?.lane !== undefined || page?.from?.sub !== undefined
    ? 'a page of a consumer under test that has a lane, or begins inside an aggregate'
    : undefined;

/** Where a delivery is noted: what the consumer got of the shard (`front`), and what is known of the shard. */
type Place = { readonly run: StreamingRun; readonly front: SubjectFront; readonly shard: ShardFront };

const oddRecords = (place: Place, hot: LineColumns, line: number): string | undefined =>
  place.front.own(hot.page?.worker) ?? oddDelivery(place, hot, line);

const oddDelivery = ({ run, front, shard }: Place, hot: LineColumns, line: number): string | undefined => {
  for (let item = 0; item < hot.count; item += 1) {
    const has = hot.has[item] as number;
    if ((has & (rareBit | itemBit.sub)) !== 0 || (has & placed) !== placed)
      return 'a delivery of a user record, or without a place';
    const isNamed = (has & itemBit.n) !== 0;
    if (isNamed && !readName(run, hot, item)) return 'a delivery under another key';
    takeDigest(record, hot, item, has);
    const odd = front.deliver(hot.limbs, item * limbsPer, line);
    if (odd !== undefined) return odd;
    if (isNamed && isAhead(run, shard, hot.limbs, item * limbsPer, record))
      return 'a record that a consumer under test was given, and that may not be sent yet';
    const sums = isNamed && run.markers.has(record.flow) ? front.markers : front.sums;
    sums.add(hot.limbs, item * limbsPer, record, isNamed);
  }
  return undefined;
};

/**
 * True if a consumer under test got a record that may be sent only later: its place is not known, and no call has sent
 * the record so far.
 */
const isAhead = (
  { markers, flows, calls }: StreamingRun,
  shard: ShardFront,
  limbs: Int32Array,
  from: number,
  { flow, n }: Delivered,
): boolean => {
  if (compareLimbs(limbs, from, shard.top, 0) <= 0 || compareLimbs(limbs, from, shard.last, 0) <= 0) return false;
  return !(markers.has(flow) || flows.isSent(flow, n) || calls.find(flow, n) !== undefined);
};

/** One object is used again for every record. */
const record: Delivered = { flow: 0, n: 0, sub: 0, hasDigest: 0, high: 0, low: 0, arrival: Number.NaN };

const placed = itemBit.name | itemBit.number;

const readName = (run: StreamingRun, hot: LineColumns, item: number): boolean => {
  const { producers, keys } = run.tables.records;
  const { words } = hot.source;
  const key = keys.idAt(words, hot.nameStart[item] as number, hot.nameEnd[item] as number);
  if (!isIdKey(run, hot, item, key)) return false;
  const isTold = ((hot.has[item] as number) & itemBit.producer) !== 0;
  const [start, end] = [hot.producerStart[item] as number, hot.producerEnd[item] as number];
  record.flow = run.flowOf(isTold ? producers.idAt(words, start, end) : producers.id(''), key);
  record.n = hot.n[item] as number;
  return true;
};
