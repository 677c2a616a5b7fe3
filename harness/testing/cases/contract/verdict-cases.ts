import type { AnomalyId } from '../../../model/anomaly.ts';

/** Histories as text, a line each: what a file may hold is part of what is held here. */
export const head = (more = ''): string =>
  `{"type":"head","format":"kinesis-order-history","version":1,"run":"r"${more}}`;

export const put = (op: number, n: number | string, more = '', t: number | string = op * 10): string =>
  `{"t":${t},"type":"put","op":${op},"producer":"p","api":"PutRecord","entries":[{"key":"a","n":${n}${more}}]}`;

export const ok = (op: number, seq: unknown, t = op * 10 + 5): string =>
  `{"t":${t},"type":"ack","op":${op},"outcome":"ok","results":[{"shard":"s","seq":${JSON.stringify(seq)}}]}`;

export const info = (op: number): string => `{"t":${op * 10 + 5},"type":"ack","op":${op},"outcome":"info"}`;

export const final = '{"t":100,"type":"reader","reader":"f","role":"final"}';

export const read = (seq: unknown, n: number): object => ({ seq, key: 'a', producer: 'p', n });

export const page = (records: readonly object[], more = ''): string =>
  `{"t":110,"type":"page","reader":"f","chain":1,"shard":"s","from":{"type":"TRIM_HORIZON"},"records":${JSON.stringify(records)},"more":true${more}}`;

export const topology = (shard: string): string =>
  `{"t":1,"type":"topology","status":"ACTIVE","shards":[{"shard":"s",${shard}}]}`;

export const whole = '"range":["0","340282366920938463463374607431768211455"],"parents":[]';

export const end = '{"t":200,"type":"end","reason":"completed"}';

export const text = (lines: readonly string[], newline = '\n'): string => lines.join(newline) + newline;

/**
 * Two serial puts, both read: everything holds. Lines: 1 head, 2 put, 3 ack, 4 put, 5 ack, 6 reader, 7 page, 8 end.
 */
export const sound = [
  head(),
  put(1, 0),
  ok(1, '1'),
  put(2, 1),
  ok(2, '2'),
  final,
  page([read('1', 0), read('2', 1)]),
  end,
];

/** The same in the other order: what the reader meets, and what was acknowledged. */
export const reordered = (more = ''): readonly string[] => [
  head(more),
  put(1, 0),
  ok(1, '2'),
  put(2, 1),
  ok(2, '1'),
  final,
  page([read('1', 1), read('2', 0)]),
  end,
];

/** One line replaced, counted from 1. */
export const instead = (line: number, by: string): string =>
  text(sound.map((own, index) => (index === line - 1 ? by : own)));

/** Lines put in before a line, counted from 1. */
export const before = (line: number, ...lines: readonly string[]): string =>
  text([...sound.slice(0, line - 1), ...lines, ...sound.slice(line - 1)]);

/** A verdict, or the line that the error must name. */
export type Expected = 'holds' | 'unknown' | 'violated' | `line ${number}`;

export type Said = {
  readonly verdict: 'holds' | 'unknown' | 'violated';
  readonly violated?: readonly AnomalyId[];
  /** Unknown although the guards of the whole history are silent; left out where they are not. */
  readonly unknown?: readonly AnomalyId[];
  readonly notApplicable?: readonly AnomalyId[];
  /** Claims with findings that do not violate. */
  readonly found?: readonly AnomalyId[];
};

/** The lines of the contract's page, with something in the place of each ellipsis. */
export const pageExamples: readonly string[] = [
  `{"type":"head","format":"kinesis-order-history","version":1,"run":"r-7f3a","startedAt":"2026-11-23T08:00:00.000Z","seed":"42","recorded":["puts","pages"],"stream":{"name":"orders","mode":"PROVISIONED","distribution":"USER_PARTITION_KEY","retentionHours":24,"shared":false},"target":{"engine":"kinesis-local","version":"0.6.2","deviations":[]},"tolerances":{"settleMs":5000,"skewMs":1000},"scenario":{},"versions":{"kinesis-order":"0.1.0","sdk":"3.1143.0","node":"20.20.2"}}`,
  `{"t":0,"type":"reader","reader":"final","role":"final"}`,
  `{"t":10,"type":"topology","status":"ACTIVE","shards":[{"shard":"shardId-000000000000","range":["0","340282366920938463463374607431768211455"],"parents":[],"seq":["4968",null]}]}`,
  `{"t":1200,"type":"put","op":17,"producer":"p1","api":"PutRecords","attempt":1,"entries":[{"key":"a","n":3,"digest":"9f86d081884c7d65","bytes":180,"hash":"5","after":"4968"},{"key":"b","n":0}]}`,
  `{"t":1200,"type":"put","op":18,"producer":"p1","api":"PutRecord","attempt":1,"parts":[{"key":"a","hash":"5"}],"entries":[{"key":"x","n":0,"part":0,"digest":"9f86d081884c7d65","bytes":90}]}`,
  `{"t":1650,"type":"ack","op":17,"outcome":"ok","results":[{"shard":"shardId-000000000000","seq":"4969"},{"error":"ProvisionedThroughputExceededException"}],"requestId":"x"}`,
  `{"t":1650,"type":"ack","op":18,"outcome":"info","error":"TimeoutError","message":"x"}`,
  `{"t":2000,"t0":1990,"type":"page","reader":"final","chain":4,"shard":"shardId-000000000000","from":{"type":"TRIM_HORIZON","t0":1900,"t":1950},"records":[{"seq":"4969","key":"a","producer":"p1","n":3,"digest":"9f86d081884c7d65","bytes":180,"arrival":1795423045619}],"behind":0,"more":true}`,
  ...[
    '"AT_SEQUENCE_NUMBER","seq":"4969"',
    '"AFTER_SEQUENCE_NUMBER","seq":"4969"',
    '"AT_TIMESTAMP","at":1795423045619',
    '"LATEST"',
    '"UNKNOWN"',
  ].map(
    (from, index) =>
      `{"t":2001,"type":"page","reader":"app","chain":${index},"shard":"shardId-000000000000","from":{"type":${from}},"records":[]}`,
  ),
  `{"t":2002,"type":"page","reader":"app","chain":0,"shard":"shardId-000000000000","error":"ExpiredIteratorException"}`,
  `{"t":3000,"type":"reshard","id":1,"phase":"invoke","action":"SplitShard","shards":["shardId-000000000000"],"newStartingHashKey":"5"}`,
  `{"t":3900,"type":"reshard","id":1,"phase":"ok"}`,
  `{"t":4000,"type":"fault","fault":"fail-record","phase":"armed","detail":{}}`,
  `{"t":4000,"type":"fault","fault":"fail-record","phase":"fired","op":17}`,
  `{"t":5000,"type":"phase","phase":"drain"}`,
  `{"t":5001,"type":"note","text":"x"}`,
  `{"t":9000,"type":"end","reason":"completed"}`,
];
