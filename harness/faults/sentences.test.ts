import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { legalFaults } from './legal-faults.ts';

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
  const quoted = Object.values(legalFaults).filter(({ legal }) => legal?.source.startsWith('SDK'));
  const isThere = (sentence: string): boolean =>
    sentence.split('…').every((part) => words.includes(plain(part).trim()));
  expect(quoted.filter(({ legal }) => !isThere(legal?.sentence ?? '')).map(({ type }) => type)).toEqual([]);
  expect(quoted.length).toBeGreaterThan(15);
});

test('each fault says how it is legal, or which claims must find it', () => {
  for (const { type, legal } of Object.values(legalFaults)) {
    expect([type, legal?.grade]).toEqual([type, expect.stringMatching(/^(documented|permitted)$/)]);
    expect(legal?.source).not.toBe('');
  }
});
