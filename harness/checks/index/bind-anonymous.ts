import type { Positions } from './positions.ts';
import { outcome, type Tables } from './tables.ts';

/**
 * Joins puts without `n` (of a foreign producer) with reads without identity: by place, or, if no place is known, by
 * key and digest. A read that stays without a record is foreign, or a phantom.
 */
export const bindAnonymous = (tables: Tables, positions: Positions): void => {
  const unplaced = new Map<string, number[]>();
  let isAny = false;
  for (let entry = 0; entry < tables.entryOp.length; entry += 1) {
    const record = tables.entryRecord.at(entry);
    if (tables.records.n.at(record) >= 0) continue;
    isAny = true;
    const status = tables.entryStatus.at(entry);
    const digest = tables.digests.text(tables.entryDigest.at(entry));
    if (status === outcome.ok || status === outcome.fail || digest === undefined) continue;
    const key = tables.records.keys.name(tables.records.flowKey.at(tables.entryFlow.at(entry)));
    const name = `${key}\n${digest}`;
    const list = unplaced.get(name);
    if (list === undefined) unplaced.set(name, [record]);
    else list.push(record);
  }
  if (!isAny) return;
  for (let read = 0; read < tables.readPage.length; read += 1) {
    if (tables.readRecord.at(read) >= 0) continue;
    const record =
      placed(tables, positions, read) ??
      unplaced.get(`${tables.readKey.get(read) ?? ''}\n${tables.digests.text(tables.digestOfRead(read)) ?? ''}`)?.[0];
    if (record !== undefined) tables.readRecord.set(read, record);
  }
};

const placed = (tables: Tables, positions: Positions, read: number): number | undefined => {
  const position = positions.ofRead[read] ?? -1;
  for (let entry = positions.ackHead.at(position); entry >= 0; entry = positions.ackNext[entry] ?? -1) {
    const record = tables.entryRecord.at(entry);
    if (tables.records.n.at(record) < 0) return record;
  }
  return undefined;
};
