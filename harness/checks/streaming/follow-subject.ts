import { itemBit, type LineColumns, rareBit } from '../../model/line-columns.ts';
import { limbsPer } from '../../model/sequences.ts';
import type { Delivered } from './delivered.ts';
import type { StreamingRun } from './streaming-run.ts';
import type { SubjectFront } from './subject-front.ts';
import type { SubjectGroup } from './subject-group.ts';

/** The consumer under test whose page this is; undefined: it is a reader's. */
export const subjectOf = (
  { tables, subjects }: StreamingRun,
  { reader, source }: LineColumns,
): SubjectGroup | undefined => subjects.of(tables.readers.idAt(source.words, reader.start, reader.end));

/** A page of a consumer under test. It proves nothing about the service. Contract, rule 14. */
export const followSubject = (run: StreamingRun, group: SubjectGroup, hot: LineColumns, line: number): void => {
  const { readers, shards } = run.tables;
  const { page, source, reader, shard } = hot;
  const where = shards.idAt(source.words, shard.start, shard.end);
  group.notePage(readers.idAt(source.words, reader.start, reader.end), where);
  if (page?.lane !== undefined || page?.from?.sub !== undefined)
    return run.spill('all', 'a page of a consumer under test that has a lane, or begins inside an aggregate');
  const front = group.front(where);
  const odd = hot.count === 0 ? undefined : (front.own(page?.worker) ?? oddDelivery(run, front, hot, line));
  if (odd !== undefined) run.spill('all', odd);
};

const oddDelivery = (run: StreamingRun, front: SubjectFront, hot: LineColumns, line: number): string | undefined => {
  for (let item = 0; item < hot.count; item += 1) {
    const has = hot.has[item] as number;
    if ((has & (rareBit | itemBit.sub)) !== 0 || (has & placed) !== placed)
      return 'a delivery of a user record, or without a place';
    const isNamed = (has & itemBit.n) !== 0;
    if (isNamed && !readName(run, hot, item)) return 'a delivery under another key';
    readDigest(hot, item);
    const odd = front.deliver(hot.limbs, item * limbsPer, line);
    if (odd !== undefined) return odd;
    const sums = isNamed && run.markers.has(record.flow) ? front.markers : front.sums;
    sums.add(hot.limbs, item * limbsPer, record, isNamed);
  }
  return undefined;
};

/** One of it is used again for every record. */
const record: Delivered = { flow: 0, n: 0, sub: 0, hasDigest: 0, high: 0, low: 0, arrival: Number.NaN };

const placed = itemBit.name | itemBit.number;

const readName = (run: StreamingRun, hot: LineColumns, item: number): boolean => {
  const { producers, keys } = run.tables.records;
  const { words } = hot.source;
  const has = hot.has[item] as number;
  const key = keys.idAt(words, hot.nameStart[item] as number, hot.nameEnd[item] as number);
  const hasOther = (has & itemBit.idKey) !== 0;
  if (hasOther && !keys.isAt(key, words, hot.idKeyStart[item] as number, hot.idKeyEnd[item] as number)) return false;
  const isTold = (has & itemBit.producer) !== 0;
  const [start, end] = [hot.producerStart[item] as number, hot.producerEnd[item] as number];
  record.flow = run.flowOf(isTold ? producers.idAt(words, start, end) : producers.id(''), key);
  record.n = hot.n[item] as number;
  return true;
};

const readDigest = (hot: LineColumns, item: number): void => {
  const isTold = ((hot.has[item] as number) & itemBit.digest) !== 0;
  record.hasDigest = isTold ? 1 : 0;
  record.high = isTold ? (hot.digestHigh[item] as number) : 0;
  record.low = isTold ? (hot.digestLow[item] as number) : 0;
};
