import { readFile } from 'node:fs/promises';
import { isKeyOf } from '../lib/is-key-of.ts';
import { type LabFacts, labFacts, labFile } from './lab-facts.ts';
import { markdownTable } from './list-command.ts';

/**
 * Renders a block of docs/lab.md (`lab-modes`, `lab-of-SCENARIO`, `lab-claim-CLAIM` and so on) from the results of
 * `npm run lab`.
 */
export const labBlock = async (name: string): Promise<string> => {
  const facts = labFacts.parse(JSON.parse(await readFile(labFile, 'utf8')));
  const whole = wholes[name];
  if (whole !== undefined) return whole(facts);
  for (const [prefix, kind] of [
    ['lab-of-', 'scenarios'],
    ['lab-claim-', 'claims'],
  ] as const) {
    const of = name.slice(prefix.length);
    if (name.startsWith(prefix) && isKeyOf(facts[kind], of)) return `> ${facts[kind][of]}`;
  }
  throw new Error(`${labFile} has nothing for ${name}: run npm run lab`);
};

const wholes: Readonly<Record<string, (facts: LabFacts) => string>> = {
  'lab-setting': ({ engine, setting }) => `${engine}; ${setting}.`,
  'lab-modes': ({ modes }) => markdownTable(modes),
  'lab-ranking': ({ ranking }) => `> ${ranking}`,
  'lab-rates': ({ rates }) => markdownTable(rates),
  'lab-packing': ({ packing }) => markdownTable(packing),
};
