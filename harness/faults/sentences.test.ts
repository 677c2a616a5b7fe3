import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { faults, legalFaults, lies } from './registry.ts';

/** The doc comments of the SDK, which are AWS's newest words, without markup. */
const wordsOfSdk = async (): Promise<string> => {
  const manifest = createRequire(import.meta.url).resolve('@aws-sdk/client-kinesis/package.json');
  const root = join(dirname(manifest), 'dist-types');
  const files = (await readdir(root, { recursive: true })).filter((file) => file.endsWith('.d.ts'));
  const texts = await Promise.all(files.map((file) => readFile(join(root, file), 'utf8')));
  return plain(texts.join('\n'));
};

const plain = (text: string): string =>
  text
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll(/@link|\\/g, '')
    .replaceAll(/[*`{}\s]+/g, ' ');

test('what a legal fault quotes of the SDK stands there', async () => {
  const words = await wordsOfSdk();
  const quoted = legalFaults.filter(({ legal }) => legal?.source.startsWith('SDK'));
  const isThere = (sentence: string): boolean =>
    sentence.split('…').every((part) => words.includes(plain(part).trim()));
  expect(quoted.filter(({ legal }) => !isThere(legal?.sentence ?? '')).map(({ type }) => type)).toEqual([]);
  expect(quoted.length).toBeGreaterThan(15);
});

test('each fault is either legal or a lie, and only a lie names claims that must find it', () => {
  expect(legalFaults.length + lies.length).toBe(Object.keys(faults).length - 1); // without the adversary
  expect(legalFaults.filter(({ planted }) => planted !== undefined)).toEqual([]);
  expect(legalFaults.filter(({ legal }) => legal?.source === '')).toEqual([]);
  expect(lies.filter(({ planted }) => planted?.length === 0)).toEqual([]);
});
