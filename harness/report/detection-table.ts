import { htmlText } from '../lib/markdown-text.ts';
import type { Detection } from '../model/detection.ts';
import { intervalWords, shareWords } from './detection-words.ts';

/** A closed `<details>` block for Markdown: a row for each kind of mistake, and what no mistake could test. */
export const detectionDetails = (name: string, { kinds, blind }: Detection): string =>
  [
    `<details><summary>${htmlText(name)}: detection power</summary>`,
    '',
    '| had one record been | detected | 95 % interval | tried | places | found, but allowed |',
    '|---|---:|---|---:|---:|---:|',
    ...kinds.map(
      (one) =>
        `| ${one.words} | ${shareWords(one)} | ${intervalWords(one)} | ${one.tried} | ${one.places} | ${one.allowed} |`,
    ),
    ...(blind.length === 0 ? [] : ['', htmlText(`Blind: ${blind.join(', ')}.`)]),
    '',
    '</details>',
    '',
  ].join('\n');
