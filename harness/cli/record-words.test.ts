import { expect, test } from 'vitest';
import { doorWords } from './record-words.ts';

const json = { identity: { from: 'json', n: '/seq' }, identityText: 'json:/seq' } as const;
const none = { identity: { from: 'none' }, identityText: 'none' } as const;
const counts = (unidentified: number) => [{ counts: { unidentified } as never }];

test('where a program was recorded, and where a stream was only read', () => {
  const ran = { isFinalOnly: false, histories: counts(0) };
  const read = { isFinalOnly: true, histories: counts(0) };
  expect(doorWords({ ...json, ...ran })).toBe(
    'recorded at the gateway: the order that was meant is read from the payload (json:/seq)',
  );
  expect(doorWords({ ...none, ...ran })).toContain('what the program reordered before it sent is not seen');
  expect(doorWords({ ...json, ...read })).toMatch(/^read from the stream: the order that was meant is read/);
  expect(doorWords({ ...none, ...read })).not.toContain('program');
});

test('a counter that no payload has says nothing of what was meant', () => {
  expect(doorWords({ ...json, isFinalOnly: false, histories: counts(200) })).toBe(
    'recorded at the gateway: --id json:/seq matched no payload, so the order that was meant is not known',
  );
});
