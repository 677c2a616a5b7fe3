import { closeSync, openSync, writeSync } from 'node:fs';
import { seededRandom } from '../harness/lib/random.ts';

export type HotShape = {
  readonly records: number;
  readonly inFlight: number;
  /** The percentage of puts with an unknown outcome. */
  readonly unknownPercent: number;
};

type Flight = { readonly op: number; readonly answeredAt: number; readonly seq: string; readonly isKnown: boolean };

/**
 * One key, many puts in flight, some answers lost: hard for a search for one order of all calls. All puts are stored,
 * and read at the end.
 */
export const writeHotKey = (path: string, { records, inFlight, unknownPercent }: HotShape): void => {
  const random = seededRandom('hot-key');
  const file = openSync(path, 'w');
  let lines: string[] = [];
  const push = (line: object): void => {
    lines.push(JSON.stringify(line));
    if (lines.length < 1000) return;
    writeSync(file, `${lines.join('\n')}\n`);
    lines = [];
  };
  push({
    type: 'head',
    format: 'kinesis-order-history',
    version: 1,
    run: 'r-hot',
    startedAt: '2026-11-23T08:00:00.000Z',
  });
  push({ t: 0, type: 'reader', reader: 'final', role: 'final' });
  const flights: Flight[] = [];
  const stored: string[] = [];
  let t = 0;
  let op = 0;
  const answer = (): void => {
    flights.sort((a, b) => a.answeredAt - b.answeredAt);
    const flight = flights.shift();
    if (flight === undefined) return;
    t += 1;
    const told = flight.isKnown
      ? { outcome: 'ok', results: [{ shard: 'shardId-000000000000', seq: flight.seq }] }
      : { outcome: 'info', error: 'TimeoutError' };
    push({ t, type: 'ack', op: flight.op, ...told });
  };
  while (op < records) {
    if (flights.length === inFlight) answer();
    t += 1;
    push({ t, type: 'put', op, producer: 'p1', api: 'PutRecord', entries: [{ key: 'hot', n: op }] });
    // A put is stored when it is sent. The service keeps the order of sending; only answers overtake each other.
    const seq = `4966${String(op).padStart(52, '0')}`;
    stored.push(JSON.stringify({ seq, key: 'hot', producer: 'p1', n: op }));
    flights.push({
      op,
      answeredAt: t + random.int(1, 2 * inFlight),
      seq,
      isKnown: random.int(1, 100) > unknownPercent,
    });
    op += 1;
  }
  while (flights.length > 0) answer();
  for (let at = 0; at < stored.length; at += 1000) {
    const from = at === 0 ? '"from":{"type":"TRIM_HORIZON"},' : '';
    t += 2;
    lines.push(
      `{"t":${t},"t0":${t - 1},"type":"page","reader":"final","chain":0,"shard":"shardId-000000000000",${from}"records":[${stored.slice(at, at + 1000).join(',')}],"more":true}`,
    );
  }
  push({ t: t + 1, type: 'end', reason: 'completed' });
  writeSync(file, `${lines.join('\n')}\n`);
  closeSync(file);
};
