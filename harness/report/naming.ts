/** How reports name shards, numbers and times. Safe in a browser. */

/** `shardId-000000000003` is shard 3; any other name stays as it is. */
export const shardName = (shard: string): string => {
  const [, digits] = /^shardId-(\d{12})$/.exec(shard) ?? [];
  return digits === undefined ? shard : `shard ${Number(digits)}`;
};

/** An import that is told no name calls its reader `consumer`: the word is not said twice. */
export const consumerName = (group: string): string => (group === 'consumer' ? group : `consumer ${group}`);

/** The last 12 digits of a sequence number, where numbers of one shard differ. */
export const shortSeq = (seq: string): string => (seq.length > 14 ? `…${seq.slice(-12)}` : seq);

/** `12,345`. */
export const numberOf = (value: number): string => value.toLocaleString('en-US');

export const countOf = (count: number, noun: string): string =>
  `${numberOf(count)} ${noun}${count === 1 ? '' : noun.endsWith('s') ? 'es' : 's'}`;

/** Microseconds, with three significant digits. */
export const timeOf = (microseconds: number): string => {
  const ms = microseconds / 1000;
  if (ms < 1) return `${Math.round(microseconds)} µs`;
  if (ms < 1000) return `${ms < 10 ? ms.toFixed(2) : ms.toFixed(1)} ms`;
  const s = ms / 1000;
  if (s < 60) return `${s < 10 ? s.toFixed(2) : s.toFixed(1)} s`;
  const minutes = Math.floor(s / 60);
  if (minutes < 60) return `${minutes} min ${Math.floor(s % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
};

/** The number of a record as the label of a mark: only its last 3 digits if it does not fit. */
export const markLabel = (n: number): string => (n < 100_000 ? String(n) : `…${String(n).slice(-3)}`);
