import type { Tables } from './tables.ts';

/**
 * True if the reader leaves out records by design. It covers nothing, and a record that it did not get is no finding.
 * What it got is judged as for other readers. Contract, `filter`.
 */
export const isFiltering = ({ readerSays }: Pick<Tables, 'readerSays'>, reader: number): boolean =>
  readerSays.get(reader)?.filter === true;
