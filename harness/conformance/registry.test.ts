import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { areas } from './answer.ts';
import { claims } from './registry.ts';

const here = dirname(fileURLToPath(import.meta.url));
const sdk = join(dirname(createRequire(import.meta.url).resolve('@aws-sdk/client-kinesis/package.json')), 'dist-types');

/**
 * The SDK's doc comments as one text: without tags, stars and line breaks, so that a quote of them is a part of it.
 */
const wordsOfAws = (): string => {
  const folders = ['models', 'commands'].map((name) => join(sdk, name));
  const files = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  const comments = files.flatMap((path) => readFileSync(path, 'utf8').match(/\/\*\*[\s\S]*?\*\//g) ?? []);
  const plain = (text: string): string =>
    text
      .replace(/^\s*\*+\/?/gm, ' ')
      .replace(/<[^>]+>/g, '')
      .replace(/\{@link ([^}|]*)[^}]*\}/g, '$1');
  return spaceless(comments.map(plain).join('\n'));
};

/** Tags leave spaces where none are read: quotes are compared without any. */
const spaceless = (text: string): string => text.replace(/\s+/g, '');

const entries = Object.entries(claims);

describe('the claims', () => {
  test('are at least 70, and some in every area', () => {
    expect(entries.length).toBeGreaterThanOrEqual(70);
    for (const area of areas) expect(entries.filter(([, claim]) => claim.area === area).length).toBeGreaterThan(9);
  });

  test('are one file each, named as the claim', () => {
    const files = areas.flatMap((area) => readdirSync(join(here, 'claims', area)).map((name) => `${area}/${name}`));
    const expected = entries.map(([id, claim]) => `${claim.area}/${id}.ts`);
    expect(files.filter((name) => !name.endsWith('/registry.ts')).toSorted()).toEqual(expected.toSorted());
  });

  test('quote the SDK word for word where they name it as their source', () => {
    const text = wordsOfAws();
    const quoted = entries.filter(([, claim]) => claim.source.startsWith('SDK '));
    const wrong = quoted.filter(
      ([, claim]) => !claim.wording.split('…').every((part) => text.includes(spaceless(part))),
    );
    expect(wrong.map(([id, claim]) => `${id}: ${claim.wording}`)).toEqual([]);
    expect(quoted.length).toBeGreaterThan(70);
  });

  test('name a known source', () => {
    for (const [id, claim] of entries) expect(claim.source, id).toMatch(/^(SDK|API|DG22) \S/);
  });
});
