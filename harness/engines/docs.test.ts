import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { LineCounter, parseDocument } from 'yaml';

/** The pages that users copy from are held to the code. */
const read = (path: string): string => readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
const blocks = (text: string, language: string): readonly string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map((match) => match[1] ?? '');

describe('docs/ci.md', () => {
  test('has workflows that are strict YAML, with LocalStack pinned', () => {
    const workflows = blocks(read('docs/ci.md'), 'yaml');
    expect(workflows).toHaveLength(2);
    for (const text of workflows) {
      const document = parseDocument(text, { strict: true, uniqueKeys: true, lineCounter: new LineCounter() });
      expect([...document.errors, ...document.warnings]).toEqual([]);
      expect(text).toContain('localstack/localstack:4.14.0');
    }
  });
});

describe('docs/iam.md', () => {
  const policy = JSON.parse(blocks(read('docs/iam.md'), 'json')[0] ?? '') as {
    readonly Statement: readonly { readonly Action: readonly string[] }[];
  };
  const allowed = new Set(policy.Statement.flatMap(({ Action }) => Action));

  test.each([
    ['kinesis', 'harness/kinesis', ['control-plane.ts', 'data-plane.ts', 'stream-settings.ts']],
    [
      'cloudformation',
      'harness/provision',
      readdirSync(new URL('../provision', import.meta.url)).filter(
        (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
      ),
    ],
  ])('allows every call of %s that the code makes', (service, folder, files) => {
    const calls = files.flatMap((file) => [...read(`${folder}/${file}`).matchAll(/new (\w+)Command\(/g)]);
    expect(calls.length).toBeGreaterThan(5);
    for (const [, call] of calls) expect(allowed).toContain(`${service}:${call}`);
  });
});
