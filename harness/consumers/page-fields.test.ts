import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { RawRecord } from '../kinesis/kinesis.ts';
import { digestOf } from '../model/digest.ts';
import { encodeAggregate } from '../workload/aggregation.ts';
import { openIdentity } from '../workload/identity.ts';
import { ownRecords, type PageFields, pageFields } from './page-fields.ts';

const payload = (key: string, n: number): Buffer =>
  Buffer.from(`${openIdentity({ run: 'r', producer: 'p1', key, n })}}\n`);
const users = [
  { key: 'x', data: payload('x', 0) },
  { key: 'y', data: payload('y', 0) },
  { key: 'x', data: payload('x', 1) },
];
const aggregate = encodeAggregate(users);
const page = (...records: readonly RawRecord[]): PageFields['records'] => {
  const fields = pageFields({ ok: true, records, next: 'i' }, 's', ownRecords('r'));
  return fields === 'wait' ? [] : fields.records;
};

/** The magic, a message, and the message's own checksum. */
const framed = (message: Buffer): Buffer =>
  Buffer.concat([Buffer.from('f3899ac2', 'hex'), message, createHash('md5').update(message).digest()]);

describe('a page', () => {
  test('has the user records of an aggregate in its place, each with its index and its own key', () => {
    const plain = { seq: '9', key: 'x', data: payload('x', 2) };
    const read = page({ seq: '8', key: 'a', data: aggregate, arrival: 5 }, plain);
    expect(read.map(({ seq, sub, key, producer, n, arrival }) => [seq, sub, key, producer, n, arrival])).toEqual([
      ['8', 0, 'x', 'p1', 0, 5],
      ['8', 1, 'y', 'p1', 0, 5],
      ['8', 2, 'x', 'p1', 1, 5],
      ['9', undefined, 'x', 'p1', 2, undefined],
    ]);
    expect(read.map(({ digest, bytes }) => [digest, bytes])).toEqual(
      [...users, plain].map(({ data }) => [digestOf(data), data.byteLength]),
    );
  });

  test.each([
    ['whose checksum is broken', Buffer.from(aggregate).fill(0, aggregate.byteLength - 1)],
    ['whose protobuf is broken, under a checksum that fits it', framed(Buffer.from('1aff', 'hex'))],
    ['that ends with its magic', Buffer.from('f3899ac2', 'hex')],
    ['without user records', framed(Buffer.from('0a0178', 'hex'))],
    ['with the magic one byte late', Buffer.concat([Buffer.of(0), aggregate])],
  ])('takes what only looks aggregated, %s, for a plain record', (_, data) => {
    expect(page({ seq: '8', key: 'a', data })).toEqual([
      { seq: '8', key: 'a', digest: digestOf(data), bytes: data.byteLength },
    ]);
  });
});
