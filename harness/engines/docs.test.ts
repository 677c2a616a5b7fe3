import { readFileSync } from 'node:fs';
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
