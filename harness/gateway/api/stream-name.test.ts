import { array, assert, constantFrom, dictionary, jsonValue, oneof, property, record, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonProtocol } from './json.ts';

const nameIn = (text: string): string | undefined => jsonProtocol.streamName?.(Buffer.from(text));

describe('the name of a stream is found before the rest is decoded', () => {
  test.each([
    ['first, as boto3 writes it', '{"StreamName": "orders", "PartitionKey": "k"}', 'orders'],
    ['last, as the SDKs for JS and Go write it', '{"Records":[{"Data":"eA=="}],"StreamName":"orders"}', 'orders'],
    ['alone', ' { "StreamName" : "a.b_c-1" } \n', 'a.b_c-1'],
    ['twice: the last counts, as in JSON.parse', '{"StreamName":"a","StreamName":"b"}', 'b'],
    [
      'behind a batch',
      `{"Records":[${'{"Data":"eA=="},'.repeat(999)}{"Data":"eA=="}],"StreamName":"orders"}`,
      'orders',
    ],
    ['in the middle: decoding tells', '{"Data":"eA==","StreamName":"orders","PartitionKey":"k"}', undefined],
    ['as the text of a key', '{"PartitionKey":"\\"StreamName\\":\\"other\\""}', undefined],
    ['as a key that is called so', '{"PartitionKey":"StreamName","Data":"eA=="}', undefined],
    ['in an object inside', '{"Other":{"StreamName":"other"},"Data":"eA=="}', undefined],
    ['with an escape', '{"StreamName":"ord\\u0065rs","Data":"eA=="}', undefined],
    ['nowhere', '{"ShardIterator":"AAAA"}', undefined],
    ['of no text', '', undefined],
  ])('%s', (_, text, name) => {
    expect(nameIn(text)).toBe(name);
  });

  test('whatever else a body holds, it is the one that decoding finds, or none', () => {
    const odd = constantFrom('StreamName', '"StreamName":"x"', '{"StreamName":"x"}', '\\"StreamName\\":\\"x\\"}', '"}');
    const text = oneof(string(), odd);
    const field = oneof(text, jsonValue(), array(dictionary(text, text), { maxLength: 3 }));
    const body = oneof(
      dictionary(oneof(text, constantFrom('Data', 'PartitionKey', 'Records')), field),
      record({ StreamName: text, PartitionKey: text, Data: text }),
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
