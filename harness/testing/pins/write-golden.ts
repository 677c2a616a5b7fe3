import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkHistory } from '../../judging/check-history.ts';
import { goldenFolder, goldenHistories, summaryOf } from './golden.ts';

/**
 * Writes golden histories that are not there yet, and all verdicts. A file that is there stays as it is: that an old
 * one is still read, and judged alike, is the point.
 */
const verdicts: Record<string, unknown> = {};
for (const [name, lines] of goldenHistories()) {
  const file = join(goldenFolder, `${name}.ndjson`);
  if (!existsSync(file)) writeFileSync(file, `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
  verdicts[name] = summaryOf(await checkHistory(file));
}
// What two judges once disagreed about.
for (const file of readdirSync(goldenFolder).filter((name) => name.startsWith('found.'))) {
  verdicts[file.replace(/\.ndjson$/, '')] = summaryOf(await checkHistory(join(goldenFolder, file)));
}
writeFileSync(join(goldenFolder, 'verdicts.json'), `${JSON.stringify(verdicts, null, 2)}\n`);
