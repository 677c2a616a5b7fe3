import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { itemsOf } from './json-items.ts';

const textsOf = (line: string, name = 'entries'): readonly string[] | undefined => {
  const bytes = Buffer.from(line);
  const items = itemsOf(bytes, 0, bytes.length, name);
  return items?.starts.map((start, index) => bytes.toString('utf8', start, items.ends[index]).trim());
};

describe('the items of a list in a line', () => {
  test.prop([fc.array(fc.jsonValue({ maxDepth: 3 })), fc.jsonValue({ maxDepth: 3 }), fc.constantFrom(0, 1)])(
    'are those that JSON.parse finds',
    (entries, before, space) => {
      const line = JSON.stringify({ before, inner: { entries: [1, 2] }, entries, behind: ']' }, null, space).replaceAll(
        '\n',
        ' ',
      );
      expect(textsOf(line)?.map((text) => JSON.parse(text))).toEqual(JSON.parse(JSON.stringify(entries)));
    },
  );

  it.each([
    ['the list stands there twice', '{"entries":[1],"entries":[2]}'],
    ['it is no list', '{"entries":{"a":[1]}}'],
    ['its name has an escape', '{"entr\\u0069es":[1]}'],
    ['only an inner field has the name', '{"inner":{"entries":[1]}}'],
  ])('are not found if %s', (_, line) => {
    expect(textsOf(line)).toBeUndefined();
  });
});
