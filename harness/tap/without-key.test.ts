import { expect, test } from 'vitest';
import { openIdentity } from '../workload/identity.ts';
import { putCallOf } from './put-call.ts';
import { putEvent } from './put-events.ts';
import { givenRecords, readRecords } from './read-records.ts';
import { ownId } from './record-ids.ts';

/** A stream that distributes records by itself (AUTO) needs no partition key, and gives none back. */
const data = Buffer.from(`${openIdentity({ run: 'r', producer: 'p1', key: 'k', n: 3 })}}`);

test('a record read without partition key has none in the history, and is ordered by the key in its payload', () => {
  const given = givenRecords({ Records: [{ SequenceNumber: '7', Data: data }] });
  if (typeof given === 'string') throw new Error(given);
  const [record] = readRecords('s', given, (seen) => ownId(seen, 'r') ?? {}) as readonly object[];
  expect(record).toEqual({ seq: '7', producer: 'p1', n: 3, flow: 'k', digest: expect.any(String), bytes: data.length });
});

test('a put without partition key has none in the history', () => {
  const put = putCallOf({ operation: 'PutRecord', input: { StreamName: 's', Data: data } } as never);
  if (put === undefined) throw new Error('it is no put');
  const event = putEvent({ op: 1, producer: 'p1', attempt: 1 }, put, [{ n: 0 }]);
  expect(JSON.parse(JSON.stringify(event))).toMatchObject({
    entries: [{ n: 0, digest: expect.any(String), bytes: data.length }],
  });
  expect(JSON.stringify(event)).not.toContain('"key"');
});
