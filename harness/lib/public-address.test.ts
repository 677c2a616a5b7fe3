import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { publicAddress } from './public-address.ts';

test.each([
  ['http://localhost:4566', 'http://localhost:4566'],
  ['http://me:pw@localhost:4566', 'http://localhost:4566'],
  ['https://me@host/base/', 'https://host/base/'],
  ['http://me:p@ss@[::1]:4566', 'http://[::1]:4566'],
  ['http:/me:pw@host', 'http://host/'],
  ['http:me:pw@host', 'http://host/'],
  ['me:pw@localhost:4566', 'localhost:4566'],
  ['ftp://me:pw@host', 'ftp://host'],
  ['http://me:p/w@host', 'http://host'],
  ['http://host/a@b', 'http://host/a@b'],
  ['//me:pw@host', 'host'],
])('%s is told as %s', (address, told) => expect(publicAddress(address)).toBe(told));

const secret = fc.string({ minLength: 4, maxLength: 12 }).map((text) => `hunter${encodeURIComponent(text)}`);
test.prop([
  fc.constantFrom('http://', 'https://', 'HTTP://', 'http:', ''),
  secret,
  fc.constantFrom('host:1', '[::1]:1', 'h/x'),
])('no password is told', (scheme, password, rest) => {
  expect(publicAddress(`${scheme}me:${password}@${rest}`)).not.toContain('hunter');
  expect(publicAddress(`${scheme}${password}@${rest}`)).not.toContain('hunter');
});
