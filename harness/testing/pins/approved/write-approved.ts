import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { groups } from './groups.ts';

/**
 * Takes what the judge says now for what it shall say: `npm run approve`, and then read the difference, since every
 * line of it is a change of a verdict or of its words.
 */
for (const [name, group] of Object.entries(groups)) {
  const said: Record<string, readonly string[]> = {};
  for (const [one, judge] of group()) said[one] = await judge();
  writeFileSync(fileURLToPath(new URL(`${name}.json`, import.meta.url)), `${JSON.stringify(said, null, 1)}\n`);
}
