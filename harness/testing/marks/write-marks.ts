import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { markGroups } from './groups.ts';

/** What the judge says now of histories by the thousand, as marks: what mutants are held against. */
for (const [name, group] of Object.entries(markGroups)) {
  const marks: Record<string, readonly string[]> = {};
  for (const [one, judge] of group()) marks[one] = await judge();
  writeFileSync(fileURLToPath(new URL(`${name}.json`, import.meta.url)), `${JSON.stringify(marks)}\n`);
}
