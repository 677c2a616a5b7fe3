import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { witnessNames } from './witness-names.ts';

test.each([
  [
    ['a.ndjson', 'b/c.ndjson.gz', '-'],
    ['a', 'c', 'stdin'],
  ],
  [
    ['/x/a/h.ndjson', '/x/b/h.ndjson', '/x/k.ndjson'],
    ['a-h', 'b-h', 'k'],
  ],
  [
    ['/x/a/h.ndjson', '/y/a/h.ndjson'],
    ['x-a-h', 'y-a-h'],
  ],
  [
    ['/x/h.ndjson', '/x/H.ndjson.gz', '/x/h.ndjson'],
    ['h', 'H-2', 'h-3'],
  ],
  [
    ['/h.ndjson', '/a/h.ndjson', '/a-h.ndjson'],
    ['h', 'h-2', 'a-h'],
  ],
])('%j', (paths, names) => expect(witnessNames(paths)).toEqual(names));

const path = fc.array(fc.constantFrom('a', 'b', 'A', 'a-b', 'h'), { minLength: 1, maxLength: 4 });
test.prop([fc.array(path, { maxLength: 12 })])('no two histories share a name', (all) => {
  const names = witnessNames(all.map((parts) => `/${parts.join('/')}.ndjson`));
  expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(all.length);
});
