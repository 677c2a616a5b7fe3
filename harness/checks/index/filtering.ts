import type { Tables } from './tables.ts';

/**
 * It leaves out records by design: what it was not given is no finding, and it covers nothing. What it was given is
 * judged as of others. Contract, `filter`.
 */
export const isFiltering = ({ readerSays }: Pick<Tables, 'readerSays'>, reader: number): boolean =>
  readerSays.get(reader)?.filter === true;
