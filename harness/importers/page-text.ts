import type { ReadFact } from './fact.ts';

/**
 * A record of a page as JSON. Built by hand: a dump has millions of records, and JSON.stringify takes longer than
 * parsing their lines.
 */
export const recordText = (fact: ReadFact, seq: string): string => {
  const { sub, key, flow, producer, n, digest, bytes, arrival } = fact;
  let text = `{"seq":"${seq}"`;
  if (sub !== undefined) text += `,"sub":${sub}`;
  if (key !== undefined) text += `,"key":${quoted(key)}`;
  if (flow !== undefined) text += `,"flow":${quoted(flow)}`;
  if (producer !== undefined) text += `,"producer":${quoted(producer)}`;
  if (n !== undefined) text += `,"n":${n}`;
  if (digest !== undefined) text += `,"digest":${quoted(digest)}`;
  if (bytes !== undefined) text += `,"bytes":${bytes}`;
  if (arrival !== undefined) text += `,"arrival":${arrival}`;
  return `${text}}`;
};

export type ChainFields = {
  readonly reader: string;
  readonly chain: number;
  readonly shard: string;
  readonly worker: string | undefined;
};

/** The beginning of all pages of a chain, after their times. */
export const chainText = ({ reader, chain, shard, worker }: ChainFields): string => {
  const by = worker === undefined ? '' : `,"worker":${quoted(worker)}`;
  return `"type":"page","reader":${quoted(reader)},"chain":${chain},"shard":${quoted(shard)}${by}`;
};

export type PageFields = {
  /** True for the first page of its chain. It is unknown where the consumer started. */
  readonly isFirst: boolean;
  readonly t0: number | undefined;
  readonly file: number | undefined;
  readonly lines: string;
  readonly records: string;
};

/** A page without its `t`, in the form that `encodeBody` writes events. */
export const pageText = (chain: string, { isFirst, t0, file, lines, records }: PageFields): string => {
  const told = lines === '' ? '' : `${file === undefined ? '' : `,"file":${file}`},"lines":"${lines}"`;
  const asked = t0 === undefined ? '' : `"t0":${t0},`;
  return `${asked}${chain}${isFirst ? ',"from":{"type":"UNKNOWN"}' : ''}${told},"records":[${records}]}\n`;
};

const quoted = (text: string): string => (/^[\w .:@/+-]*$/.test(text) ? `"${text}"` : JSON.stringify(text));
