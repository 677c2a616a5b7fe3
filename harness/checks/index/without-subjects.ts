import { Bytes, Floats, Ints } from '../../lib/columns.ts';
import { Sparse, SparseNames } from '../../lib/sparse.ts';
import type { Chain } from './tables.ts';
import { Tables } from './tables.ts';

/** True for files of a consumer alone: no puts, and no other reader. Its pages are all there is. Contract, rule 14. */
export const isDump = (tables: Tables): boolean => {
  const recorded = tables.head?.recorded;
  if (recorded === undefined || recorded.includes('puts')) return false;
  if (tables.opLine.length > 0 || tables.chains.length === 0) return false;
  return tables.chains.every(({ reader }) => tables.roles.get(reader) === 'subject');
};

/**
 * The same tables without the pages of consumers under test: these prove nothing about the service. Contract, rule 14.
 */
export const withoutSubjects = (tables: Tables): Tables => {
  const kept = Object.assign(new Tables(), tables, emptyReading());
  const chains = new Map<number, number>();
  tables.chains.forEach((chain, id) => {
    if (tables.roles.get(chain.reader) !== 'subject') chains.set(id, kept.chains.push({ ...chain, pages: [] }) - 1);
  });
  for (let page = 0; page < tables.pageLine.length; page += 1) {
    const chain = chains.get(tables.pageChain.at(page));
    if (chain !== undefined) copyPage(tables, kept, page, chain);
  }
  return kept;
};

const emptyReading = () => ({
  chains: [] as Chain[],
  pageLine: new Ints(),
  pageChain: new Ints(),
  pageT: new Floats(),
  pageT0: new Floats(),
  pageBehind: new Floats(),
  pageMore: new Bytes(),
  pageFirst: new Ints(),
  pageCount: new Ints(),
  pageFailed: new Bytes(),
  pageChildren: new Map<number, readonly string[]>(),
  pageFailure: new Map<number, number>(),
  readPage: new Ints(),
  readRecord: new Ints(),
  readNumber: new Ints(),
  readDigest: new Ints(),
  readEntry: new Ints(),
  readSub: new Sparse(),
  readKey: new SparseNames(),
  readArrival: new Floats(),
});

const copyPage = (from: Tables, to: Tables, page: number, chain: number): void => {
  const copy = to.pageLine.push(from.pageLine.at(page));
  to.chains[chain]?.pages.push(copy);
  to.pageChain.push(chain);
  to.pageT.push(from.pageT.at(page));
  to.pageT0.push(from.pageT0.at(page));
  to.pageBehind.push(from.pageBehind.at(page));
  to.pageMore.push(from.pageMore.at(page));
  to.pageFirst.push(to.readPage.length);
  to.pageCount.push(from.pageCount.at(page));
  to.pageFailed.push(from.pageFailed.at(page));
  copyKnown(from.pageChildren, page, to.pageChildren, copy);
  copyKnown(from.pageFailure, page, to.pageFailure, copy);
  const first = from.pageFirst.at(page);
  for (let read = first; read < first + from.pageCount.at(page); read += 1) copyRead(from, to, read, copy);
};

const copyRead = (from: Tables, to: Tables, read: number, page: number): void => {
  const copy = to.readPage.push(page);
  to.readRecord.push(from.readRecord.at(read));
  to.readNumber.push(from.readNumber.at(read));
  to.readDigest.push(from.readDigest.at(read));
  to.readEntry.push(from.readEntry.at(read));
  to.readArrival.push(from.readArrival.at(read));
  copyKnown(from.readSub, read, to.readSub, copy);
  copyKnown(from.readKey, read, to.readKey, copy);
};

/** A map, or what is used like one. */
type Known<T> = { readonly get: (one: number) => T | undefined; readonly set: (one: number, value: T) => unknown };

const copyKnown = <T>(from: Known<T>, one: number, to: Known<T>, other: number): void => {
  const value = from.get(one);
  if (value !== undefined) to.set(other, value);
};
