import type { FormatName } from '../importers/registry.ts';
import type { Handled } from './import-story.ts';

/** A way to write down what a consumer handled. All of them carry the same facts. */
export type Form = { readonly format: FormatName; readonly write: (handled: readonly Handled[]) => string };

type Fields = Readonly<Record<string, unknown>>;
type Row = { readonly time: string; readonly shardId: string; readonly sequenceNumber: string } & Fields;

const rowOf = ({ time, shard, seq, key, n }: Handled): Row => ({
  time: new Date(time).toISOString(),
  shardId: `shardId-${String(shard).padStart(12, '0')}`,
  sequenceNumber: seq,
  partitionKey: key,
  counter: n,
});

const lines = (texts: readonly string[]): string => `${texts.join('\n')}\n`;
const json =
  (shape: (row: Row) => unknown): Form['write'] =>
  (handled) =>
    lines(handled.map((one) => JSON.stringify(shape(rowOf(one)))));

const table =
  (delimiter: string, quote: string): Form['write'] =>
  (handled) => {
    const rows = handled.map(rowOf);
    const cells = (values: readonly unknown[]): string =>
      values.map((value) => `${quote}${String(value)}${quote}`).join(delimiter);
    return lines([cells(Object.keys(rows[0] ?? {})), ...rows.map((row) => cells(Object.values(row)))]);
  };

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64');

const lambda = ({ time, shardId, sequenceNumber, partitionKey, counter }: Row): string => {
  const kinesis = { partitionKey, sequenceNumber, data: base64({ counter }) };
  const record = { kinesis, eventID: `${shardId}:${sequenceNumber}`, eventSource: 'aws:kinesis' };
  return `${time}\treq-1\tINFO\t${JSON.stringify({ Records: [record] })}`;
};

export const forms = {
  flat: { format: 'jsonl', write: json((row) => row) },
  'other names': {
    format: 'jsonl',
    write: json(({ time, shardId, sequenceNumber, partitionKey, counter }) => ({
      version: String(counter),
      pk: partitionKey,
      seqNo: sequenceNumber,
      shard: shardId,
      at: Date.parse(time),
    })),
  },
  nested: { format: 'jsonl', write: json(({ time, ...record }) => ({ level: 'INFO', time, event: { record } })) },
  payload: {
    format: 'jsonl',
    write: json(({ counter, ...row }) => ({ ...row, payload: JSON.stringify({ counter }) })),
  },
  base64: { format: 'jsonl', write: json(({ counter, ...row }) => ({ ...row, data: base64({ counter }) })) },
  'pretty list': { format: 'jsonl', write: (handled) => JSON.stringify(handled.map(rowOf), null, 2) },
  'comma table': { format: 'csv', write: table(',', '') },
  'tab table': { format: 'csv', write: table('\t', '"') },
  log: {
    format: 'log',
    write: (handled) =>
      lines(
        handled.map(rowOf).map(({ time, ...row }) => {
          const pairs = Object.entries(row).map(([name, value]) => `${name}=${String(value)}`);
          return `${time} INFO received ${pairs.join(' ')}`;
        }),
      ),
  },
  lambda: { format: 'lambda-event', write: (handled) => lines(handled.map((one) => lambda(rowOf(one)))) },
} as const satisfies Record<string, Form>;
