import { describe, expect, test } from 'vitest';
import { pageFields, placedFields, recordFields, wrongField, wrongItem } from './answer-fields.ts';

describe('a field of an answer', () => {
  test.each([
    [{ ShardId: 's', SequenceNumber: '7' }, undefined],
    [{ ShardId: 5, SequenceNumber: '7' }, 'ShardId is 5, expected text'],
    [{ ShardId: '', SequenceNumber: '7' }, 'ShardId is "", expected text'],
    [{ SequenceNumber: '7' }, 'ShardId is missing, expected text'],
    [{ ShardId: 's', SequenceNumber: 7 }, 'SequenceNumber is 7, expected a decimal number as text'],
    [{ ShardId: 's', SequenceNumber: '-7' }, 'SequenceNumber is "-7", expected a decimal number as text'],
    [null, 'it is null, expected an object'],
    [[], 'it is [], expected an object'],
  ])('%j: %s', (answer, words) => {
    expect(wrongField(answer, placedFields)).toBe(words);
  });

  test('that may be left out may be null, and nothing else', () => {
    expect(wrongField({ Records: [], NextShardIterator: null }, pageFields)).toBeUndefined();
    expect(wrongField({ Records: [], NextShardIterator: 7 }, pageFields)).toBe('NextShardIterator is 7, expected text');
    expect(wrongField({ Records: [], MillisBehindLatest: '0' }, pageFields)).toBe(
      'MillisBehindLatest is "0", expected number',
    );
  });

  test('of an item is named with its place', () => {
    const right = { SequenceNumber: '1', PartitionKey: 'k', Data: new Uint8Array() };
    expect(wrongItem('Records', [right], recordFields)).toBeUndefined();
    expect(wrongItem('Records', [right, { ...right, PartitionKey: {} }], recordFields)).toBe(
      'Records[1].PartitionKey is {}, expected text',
    );
    expect(wrongItem('Records', [right, null], recordFields)).toBe('Records[1] is null, expected an object');
  });
});
