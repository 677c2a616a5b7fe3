import { shellWord } from '../lib/shell-word.ts';

const secretName = /(secret|token|passw|credential|api-?key|access-?key|private|auth)/i;

/**
 * The command line for a report: without values whose names look like secrets, and without anything that looks like an
 * AWS key.
 */
export const withoutSecrets = (words: readonly string[]): string =>
  words
    .map((word, index) => {
      const before = words[index - 1] ?? '';
      const [, name = '', value] = /^([^=]*)=(.*)$/s.exec(word) ?? [];
      if (value !== undefined && secretName.test(name)) return `${name}=****`;
      if (before.startsWith('-') && !before.includes('=') && secretName.test(before)) return '****';
      return word.replaceAll(/\b(AKIA|ASIA)[A-Z0-9]{12,}\b/g, '****').replaceAll(/:\/\/\S+@/g, '://****@');
    })
    .map(shellWord)
    .join(' ');
