import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { openIdentity, readIdentity } from './identity.ts';

const identities = fc.record({
  run: fc.string({ unit: 'binary', maxLength: 40 }),
  producer: fc.string({ unit: 'binary', maxLength: 40 }),
  key: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 256 }),
  n: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
});

/** Lone surrogates have no UTF-8: JSON escapes them, so they come back all the same. */
describe('the identity of a record', () => {
  test.prop([identities, fc.uint8Array({ maxLength: 200 })])(
    'comes back from the payload, whatever follows it',
    (identity, rest) => {
      const data = Buffer.concat([Buffer.from(`${openIdentity(identity)}}\n`), rest]);
      expect(readIdentity(data)).toEqual(identity);
    },
  );

  test.prop([identities])('comes back from a JSON object with more fields', (identity) => {
    expect(readIdentity(Buffer.from(`${openIdentity(identity)},"id":"id7"}`))).toEqual(identity);
  });

  test.prop([fc.uint8Array({ maxLength: 300 })])('is not seen in bytes of others, and never throws', (data) => {
    expect(readIdentity(data)).toBeUndefined();
  });

  test.prop([identities, fc.nat(), fc.nat({ max: 255 })])(
    'of damaged bytes is another one or none, and never throws',
    (identity, at, byte) => {
      const data = Buffer.from(`${openIdentity(identity)}}`);
      data[at % data.length] = byte;
      const read = readIdentity(data);
      expect(read === undefined || typeof read.key === 'string').toBe(true);
    },
  );

  test.each([
    '{"_kinesisOrder":[',
    '{"_kinesisOrder":["r","p","k",-1]}',
    '{"_kinesisOrder":["r","p","k"]}',
    '{"_kinesisOrder":["r","p","k",1e300]}',
    '{"_kinesisOrder":[["r"],"p","k",1]}',
  ])('is refused when it is not whole: %s', (text) => {
    expect(readIdentity(Buffer.from(text))).toBeUndefined();
  });

  test('of another run is told apart by its run', () => {
    const data = Buffer.from(`${openIdentity({ run: 'other', producer: 'p1', key: 'a', n: 0 })}}`);
    expect(readIdentity(data)?.run).toBe('other');
  });
});
