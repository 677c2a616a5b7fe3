import { htmlText, markdownText } from '../lib/markdown-text.ts';
import type { Headroom } from '../model/headroom.ts';
import { headroomSentence, shareOf, usesOf } from './sentence.ts';

const shardsMax = 10;

/** A closed `<details>` block for Markdown: the sentence, the hottest shards, the hottest keys. */
export const headroomDetails = (name: string, room: Headroom): string => {
  const { shards, hottestKeys } = room;
  const more = shards.length - shardsMax;
  return [
    `<details><summary>${htmlText(name)}: headroom</summary>`,
    '',
    markdownText(headroomSentence(room)),
    '',
    '| shard | most in a second | busiest second by records | busiest second by bytes | calls throttled |',
    '|---|---|---:|---:|---:|',
    ...shards
      .slice(0, shardsMax)
      .map(
        (use) =>
          `| ${markdownText(use.shard)} | ${usesOf(use)} | ${use.records.second} | ${use.bytes.second} | ${use.throttledCalls} |`,
      ),
    ...(more > 0 ? ['', `and ${more} shards more, less used`] : []),
    '',
    '| key | records | bytes |',
    '|---|---:|---:|',
    ...hottestKeys.map(
      ({ key, records, bytes, recordsShare, bytesShare }) =>
        `| ${markdownText(key)} | ${records} (${shareOf(recordsShare)}) | ${bytes} (${shareOf(bytesShare)}) |`,
    ),
    '',
    '</details>',
    '',
  ].join('\n');
};
