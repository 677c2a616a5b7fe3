import type { HistoryLine } from '../model/event.ts';
import { type Cell, identityOfEntry, identityOfRead, itemsOf, type Mask, type Sketch, wholeLine } from './sketch.ts';

/** Lines and items that are cut away together. */
export type Unit = readonly Cell[];

/** Each pass divides a history into other units: first the ones that hold most. */
export const passes: readonly ((sketch: Sketch, mask: Mask) => readonly Unit[])[] = [
  (sketch, mask) => grouped(sketch, mask, (line) => (isAside(line) ? line.type : undefined)),
  (sketch, mask) => records(sketch, mask),
  (sketch, mask) =>
    grouped(sketch, mask, (line) => (line.type === 'page' || line.type === 'reader' ? line.reader : undefined)),
  (sketch, mask) =>
    grouped(sketch, mask, (line) => (line.type === 'page' ? `${line.reader} ${line.chain} ${line.shard}` : undefined)),
  (sketch, mask) => grouped(sketch, mask, (line) => (line.type === 'reshard' ? String(line.id) : undefined)),
  (sketch, mask) => single(sketch, mask, ({ type }) => type === 'topology' || type === 'fault' || type === 'reader'),
  (sketch, mask) =>
    grouped(sketch, mask, (line) => (line.type === 'subject' ? `${line.event} ${line.shard ?? ''}` : undefined)),
  (sketch, mask) => single(sketch, mask, ({ type }) => type === 'subject'),
  (sketch, mask) => single(sketch, mask, ({ type }) => type === 'page'),
  (sketch, mask) => (sketch.keepsAttempts ? [] : single(sketch, mask, ({ type }) => type === 'put')),
  (sketch, mask) => items(sketch, mask),
];

const isAside = ({ type }: HistoryLine): boolean => type === 'note' || type === 'phase' || type === 'fault';

const grouped = (sketch: Sketch, mask: Mask, nameOf: (line: HistoryLine) => string | undefined): readonly Unit[] => {
  const groups = new Map<string, Cell[]>();
  for (const [index, line] of sketch.lines.entries()) {
    const name = nameOf(line);
    if (name === undefined || mask.lines[index] !== true) continue;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [[index, wholeLine]]);
    else group.push([index, wholeLine]);
  }
  return [...groups.values()];
};

const single = (sketch: Sketch, mask: Mask, is: (line: HistoryLine) => boolean): readonly Unit[] =>
  sketch.lines.flatMap((line, index): readonly Unit[] =>
    mask.lines[index] === true && is(line) ? [[[index, wholeLine]]] : [],
  );

const identityAt = (line: HistoryLine, item: number): string | undefined => {
  if (line.type === 'put') {
    const entry = line.entries[item];
    return entry === undefined ? undefined : identityOfEntry(line.producer, entry);
  }
  const record = line.type === 'page' ? line.records?.[item] : undefined;
  return record === undefined ? undefined : identityOfRead(record);
};

/** All attempts and reads of a record. A record without identity is a unit of its own. */
const records = (sketch: Sketch, mask: Mask): readonly Unit[] => {
  const groups = new Map<string, Cell[]>();
  for (const [index, line] of sketch.lines.entries()) {
    if (mask.lines[index] !== true) continue;
    for (let item = 0; item < itemsOf(line).length; item += 1) {
      if (mask.items[index]?.[item] !== true) continue;
      const name = identityAt(line, item) ?? `${index} ${item}`;
      const group = groups.get(name);
      if (group === undefined) groups.set(name, [[index, item]]);
      else group.push([index, item]);
    }
  }
  return [...groups.values()];
};

const items = (sketch: Sketch, mask: Mask): readonly Unit[] =>
  sketch.lines.flatMap((line, index) =>
    (line.type === 'put' && sketch.keepsAttempts ? [] : itemsOf(line)).flatMap((_, item): readonly Unit[] =>
      mask.lines[index] === true && mask.items[index]?.[item] === true ? [[[index, item]]] : [],
    ),
  );
