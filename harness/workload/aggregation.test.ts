import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { PutRecordInput } from '../model/put-fits.ts';
import { decodeAggregate, encodeAggregate } from './aggregation.ts';

/**
 * Compared with aws-kinesis-agg, AWS's own implementation for Node.js. It declares its types for an SDK that is not
 * installed here.
 */
type Deaggregated = { readonly partitionKey: string; readonly explicitPartitionKey?: string; readonly data: string };
const other = createRequire(import.meta.url)('aws-kinesis-agg') as {
  readonly aggregate: (
    records: readonly { partitionKey: string; explicitHashKey?: string; data: Buffer }[],
    encoded: (record: { readonly data: Buffer }, next: () => void) => void,
    done: () => void,
    failed: (error: Error) => void,
  ) => void;
  readonly deaggregateSync: (
    record: { readonly data: string },
    isChecked: boolean,
    done: (error: Error | undefined, records: readonly Deaggregated[]) => void,
  ) => void;
};

const theirBytes = (records: readonly PutRecordInput[]): Promise<Buffer[]> =>
  new Promise((resolve, reject) => {
    const all: Buffer[] = [];
    const given = records.map(({ key, hash, data }) => ({
      partitionKey: key,
      data: Buffer.from(data),
      ...(hash === undefined ? {} : { explicitHashKey: hash }),
    }));
    const keep = (record: { readonly data: Buffer }, next: () => void): void => {
      all.push(record.data);
      next();
    };
    other.aggregate(given, keep, () => resolve(all), reject);
  });

const theirRecords = (data: Uint8Array): readonly PutRecordInput[] => {
  const all: PutRecordInput[] = [];
  other.deaggregateSync({ data: Buffer.from(data).toString('base64') }, true, (error, records) => {
    if (error !== undefined && error !== null) throw error;
    for (const { partitionKey: key, explicitPartitionKey: hash, data: text } of records)
      all.push({ key, data: Buffer.from(text, 'base64'), ...(hash === undefined ? {} : { hash }) });
  });
  return all;
};

const plain = (records: readonly PutRecordInput[]): unknown =>
  records.map(({ key, hash, data }) => [key, hash, Buffer.from(data).toString('hex')]);

/** Whole keys only in names that a JavaScript object used as a table keeps in order: theirs is one. */
const record = fc.record(
  {
    key: fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }).map((text) => `k${text}`),
    data: fc.uint8Array({ minLength: 1, maxLength: 300 }),
    hash: fc.constantFrom('h0', 'h1', 'h2').map((text) => `${text}`),
  },
  { requiredKeys: ['key', 'data'] },
);
const records = fc.array(record, { minLength: 1, maxLength: 40 });

describe('the aggregated record', () => {
  test.prop([records])('is read back as it was written', (all) => {
    expect(plain(decodeAggregate(encodeAggregate(all)) ?? [])).toEqual(plain(all));
  });

  test.prop([records])('is read by the other implementation, its checksum verified', (all) => {
    // The other implementation writes index 0 for a missing hash key; the KPL leaves the field out, and so do we.
    const theirs = theirRecords(encodeAggregate(all)).map(({ hash, ...rest }, index) =>
      hash === undefined || all[index]?.hash === undefined ? rest : { ...rest, hash },
    );
    expect(plain(theirs)).toEqual(plain(all));
  });

  test.prop([records])('of the other implementation is read here', async (all) => {
    const read = (await theirBytes(all)).flatMap((data) => decodeAggregate(data) ?? []);
    expect(plain(read)).toEqual(plain(all));
  });

  test.prop([records, fc.nat(), fc.integer({ min: 1, max: 255 })])(
    'with any byte changed is a plain record',
    (all, at, flip) => {
      const data = Buffer.from(encodeAggregate(all));
      const index = at % data.length;
      data[index] = (data[index] ?? 0) ^ flip;
      expect(decodeAggregate(data)).toBeUndefined();
    },
  );

  test.prop([fc.uint8Array({ maxLength: 60 })])('is not seen in bytes that only begin with its magic', (tail) => {
    expect(decodeAggregate(Buffer.concat([Buffer.from('f3899ac2', 'hex'), tail]))).toBeUndefined();
  });

  test('with an index beyond its key table is a plain record', () => {
    const message = Buffer.from('1a050805' + '1a0178', 'hex');
    const sum = createHash('md5').update(message).digest();
    expect(decodeAggregate(Buffer.concat([Buffer.from('f3899ac2', 'hex'), message, sum]))).toBeUndefined();
  });
});
