import type { Claim, HistoryVerdict } from '../model/verdict.ts';

export type Row = readonly [shard: number, seq: number, key: string, n: number, more?: object];

/** Lines of a dump, a second apart. */
export const rowsOf = (rows: readonly Row[]): string =>
  rows
    .map(([shard, seq, key, n, more], index) =>
      JSON.stringify({
        time: new Date(Date.UTC(2026, 10, 24, 9) + index * 1000).toISOString(),
        shardId: `shardId-${String(shard).padStart(12, '0')}`,
        sequenceNumber: `4966000000000000000000000000000000000000000000000000${String(seq).padStart(4, '0')}`,
        partitionKey: key,
        counter: n,
        ...more,
      }),
    )
    .join('\n');

export const claimOf = ({ claims }: HistoryVerdict, id: string): Claim | undefined =>
  claims.find(({ anomaly }) => anomaly === id);
