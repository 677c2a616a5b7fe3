import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readTemplate } from '../scenario/template-file.ts';
import { parseJson } from './parse-json.ts';
import { readTextSync } from './read-text.ts';

let folder = '';
const at = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'read-text-'));
  await writeFile(at('small'), 'text');
  await writeFile(at('huge'), '');
  await truncate(at('huge'), 2 ** 31);
  await symlink('/dev/zero', at('link'));
  execFileSync('mkfifo', [at('pipe')]);
  const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
  const ten = (name: string): string => Array.from({ length: 10 }, () => `*${name}`).join(',');
  const bomb = 'bcdefghij'.split('').map((name, index) => `${name}: &${name} [${ten('abcdefghij'[index] ?? '')}]`);
  await writeFile(at('bomb.yaml'), `a: &a [x]\n${bomb.join('\n')}\nResources: { S: { Type: T, Properties: *j } }\n`);
  await writeFile(at('deep.yaml'), `Resources: ${deep.slice(30_000, -30_000)}`);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each([
  ['huge', 'huge: it is larger than 16 MB'],
  ['link', 'link: it is a device, not a file'],
  ['pipe', 'pipe: it is a pipe, not a file'],
  ['.', '.: it is a folder, not a file'],
  ['nowhere', 'nowhere: cannot be read: ENOENT'],
])('%s is refused at once, by its name', (name, message) => {
  expect(() => readTextSync(at(name), name)).toThrow(
    expect.objectContaining({ code: 'usage', message: expect.stringContaining(message) as string }),
  );
});

test('a file is read', () => expect(readTextSync(at('small'))).toBe('text'));

test.each(['[', '{"a":'])('%s 50,000 deep is refused, with the file', (open) => {
  const close = open === '[' ? ']' : '}';
  const text = `${open.repeat(50_000)}1${close.repeat(50_000)}`;
  expect(() => parseJson(text, 'x.json')).toThrow('x.json: its values are nested more than 100 deep');
  expect(() => parseJson(open.repeat(50_000), 'x.json')).toThrow(/^x\.json.*: it is not valid JSON/);
  expect(parseJson(`${open.repeat(99)}1${close.repeat(99)}`, 'x.json')).toBeDefined();
});

test.each([
  ['bomb.yaml', 'bomb.yaml:1: it cannot be read: its aliases stand for too much'],
  ['deep.yaml', 'deep.yaml:1: it cannot be read: its values are nested too deep'],
  ['link', 'link: it is a device, not a file'],
])('a template that is %s is refused', (name, message) => {
  expect(() => readTemplate(name, folder)).toThrow(message);
});
