import type { Chain } from './tables.ts';
import type { View } from './view.ts';

export type PageReads = {
  readonly page: number;
  readonly chain: Chain;
  readonly reads: { readonly start: number; readonly length: number };
};

/** Every page with its records, chain after chain, each in the order of its pages. */
export function* pageReads(view: View): Generator<PageReads> {
  for (const chain of view.tables.chains) yield* pagesOf(view, chain);
}

export function* pagesOf(view: View, chain: Chain): Generator<PageReads> {
  for (const page of chain.pages) {
    yield { page, chain, reads: { start: view.tables.pageFirst.at(page), length: view.tables.pageCount.at(page) } };
  }
}

/** The places that a chain delivered, in the order of delivery, with the page of each. */
export function* deliveriesOf(
  view: View,
  chain: Chain,
): Generator<{ readonly position: number; readonly page: number }> {
  for (const { page, reads } of pagesOf(view, chain)) {
    for (let index = 0; index < reads.length; index += 1) {
      yield { position: view.positions.ofRead[reads.start + index] ?? -1, page };
    }
  }
}

/** The same as two columns, for loops that run once a record. */
export const deliveryColumns = (
  view: View,
  chain: Chain,
): { readonly positions: Int32Array; readonly pages: Int32Array } => {
  let length = 0;
  for (const page of chain.pages) length += view.tables.pageCount.at(page);
  const positions = new Int32Array(length);
  const pages = new Int32Array(length);
  let at = 0;
  for (const { page, reads } of pagesOf(view, chain)) {
    for (let index = 0; index < reads.length; index += 1) {
      positions[at] = view.positions.ofRead[reads.start + index] ?? -1;
      pages[at] = page;
      at += 1;
    }
  }
  return { positions, pages };
};
