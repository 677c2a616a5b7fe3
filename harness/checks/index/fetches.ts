import { owedOf } from './owed.ts';
import { straysOf } from './strays.ts';
import type { Group, Subjects } from './subjects.ts';
import { readerOfRead, readLine } from './view.ts';

/** A record that the subject's own client fetched, and the application never got. */
export type Dropped = {
  readonly item: number;
  readonly position: number;
  readonly line: number;
  readonly reader: number;
};

/**
 * Each record once. Records that the application leaves out by design, gave up, or does not owe are not dropped, nor
 * are foreign ones.
 */
export function* droppedBy(subjects: Subjects, group: Group): Generator<Dropped> {
  if (!group.isComplete || group.isFiltering) return;
  const { view, items } = subjects;
  const clients = clientsOf(subjects, group);
  if (clients.size === 0) return;
  const reads: number[] = [];
  const tops = new Map<number, number>();
  for (let read = 0; read < view.tables.readPage.length; read += 1) {
    if (!clients.has(readerOfRead(view, read))) continue;
    reads.push(read);
    const position = view.positions.ofRead[read] ?? -1;
    const shard = view.positions.shard.at(position);
    tops.set(shard, Math.max(position, tops.get(shard) ?? -1));
  }
  const { isInStray } = straysOf(view);
  const { isOwed } = owedOf(subjects, group);
  const said = new Set(group.discards.map(({ item }) => item));
  for (const read of reads) {
    const [item, position] = [items.ofRead(read), view.positions.ofRead[read] ?? -1];
    const shard = view.positions.shard.at(position);
    if (items.isForeign(item)) continue;
    if (items.isMarker(item) || group.deliveries.has(item) || said.has(item) || position >= (tops.get(shard) ?? -1))
      continue;
    if (group.isKcl && isInStray(position)) continue;
    if (isOwed(position, view.tables.readArrival.at(read)) !== true) continue;
    said.add(item);
    yield { item, position, line: readLine(view, read), reader: readerOfRead(view, read) };
  }
}

const clientsOf = ({ view: { tables } }: Subjects, group: Group): ReadonlySet<number> => {
  const clients = new Set<number>();
  for (const [reader, { of }] of tables.readerSays)
    if (of !== undefined && (of === group.name || group.members.has(tables.readers.find(of)))) clients.add(reader);
  return clients;
};
