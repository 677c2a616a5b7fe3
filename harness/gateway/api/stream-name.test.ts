import { array, assert, constantFrom, dictionary, jsonValue, oneof, property, record, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonProtocol } from './json.ts';

const nameIn = (text: string): string | undefined => jsonProtocol.streamName?.(Buffer.from(text));

describe('the stream name in a JSON body, found without decoding it', () => {
  test.each([
    ['first, as boto3 writes it', '{"StreamName": "orders", "PartitionKey": "k"}', 'orders'],
    ['last, as the SDKs for JS and Go write it', '{"Records":[{"Data":"eA=="}],"StreamName":"orders"}', 'orders'],
    ['alone', ' { "StreamName" : "a.b_c-1" } \n', 'a.b_c-1'],
    ['twice: the last counts, as in JSON.parse', '{"StreamName":"a","StreamName":"b"}', 'b'],
    [
      'after a large batch',
      `{"Records":[${'{"Data":"eA=="},'.repeat(999)}{"Data":"eA=="}],"StreamName":"orders"}`,
      'orders',
    ],
    [
      'before the key, as the SDK for JS writes PutRecord',
      '{"Data":"eA==","StreamName":"orders","PartitionKey":"k"}',
      'orders',
    ],
    ['in the middle: not found', '{"Data":"eA==","StreamName":"orders","StreamId":"k"}', undefined],
    ['before a key with an escape: not found', '{"Data":"eA==","StreamName":"orders","PartitionKey":"\\""}', undefined],
    ['twice, around a key: the last counts', '{"StreamName":"a","PartitionKey":"k","StreamName":"b"}', 'b'],
    ['as the end of a name: not found', '{"\\"StreamName":"x"}', undefined],
    ['inside the value of a partition key: not found', '{"PartitionKey":"\\"StreamName\\":\\"other\\""}', undefined],
    ['as the value of a partition key: not found', '{"PartitionKey":"StreamName","Data":"eA=="}', undefined],
    ['in a nested object: not found', '{"Other":{"StreamName":"other"},"Data":"eA=="}', undefined],
    ['with an escape: not found', '{"StreamName":"ord\\u0065rs","Data":"eA=="}', undefined],
    ['absent', '{"ShardIterator":"AAAA"}', undefined],
    ['in an empty body', '', undefined],
  ])('%s', (_, text, name) => {
    expect(nameIn(text)).toBe(name);
  });

  test('is the same as after decoding, or not found, for any body', () => {
    const odd = constantFrom('StreamName', '"StreamName":"x"', '{"StreamName":"x"}', '\\"StreamName\\":\\"x\\"}', '"}');
    const text = oneof(string(), odd);
    const field = oneof(text, jsonValue(), array(dictionary(text, text), { maxLength: 3 }));
    const body = oneof(
      dictionary(oneof(text, constantFrom('Data', 'PartitionKey', 'Records')), field),
      record({ StreamName: text, PartitionKey: text, Data: text }),
      record({ Data: text, StreamName: oneof(text, constantFrom('orders')), PartitionKey: text }),
      record({ Records: array(record({ PartitionKey: text })), StreamName: constantFrom('orders', 'a.b') }),
    );
    assert(
      property(body, constantFrom(undefined, 1, 2), (shape, indent) => {
        const bytes = Buffer.from(JSON.stringify(shape, undefined, indent));
        const found = jsonProtocol.streamName?.(bytes);
        if (found !== undefined) expect(found).toBe(jsonProtocol.decode(bytes)?.['StreamName']);
      }),
      { numRuns: 500 },
    );
  });
});
