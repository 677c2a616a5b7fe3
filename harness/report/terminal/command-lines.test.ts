import { execFileSync } from 'node:child_process';
import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { shellWord } from '../../lib/shell-word.ts';
import { commandLines } from './command-lines.ts';

describe('a command to be copied', () => {
  test('stays on one line where there is no width, or where it fits', () => {
    expect(commandLines('  ', 'a --b c', undefined)).toEqual(['  a --b c']);
    expect(commandLines('  ', 'a --b c', 9)).toEqual(['  a --b c']);
  });

  test('is broken before a flag, which keeps its value', () => {
    expect(commandLines('> ', "run x.ts --grep '^a b$' --seed 1", 24)).toEqual([
      '> run x.ts \\',
      "    --grep '^a b$' \\",
      '    --seed 1',
    ]);
  });

  const argument = fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 12 });
  test.prop([fc.array(argument, { minLength: 1, maxLength: 12 }), fc.integer({ min: 10, max: 40 })], { numRuns: 60 })(
    'says the same to a shell',
    (given, width) => {
      const lines = commandLines('', ['printf', shellWord('%s\\n'), ...given.map(shellWord)].join(' '), width);
      const said = execFileSync('/bin/sh', ['-c', lines.join('\n')], { encoding: 'utf8' });
      expect(said).toBe(given.map((one) => `${one}\n`).join(''));
    },
  );
});
