import { readFileSync } from 'node:fs';
import { glob } from 'tinyglobby';
import { expect, test } from 'vitest';

type Kind = {
  readonly folder: string;
  /** What a variant's file exports: its name is the first group. */
  readonly made: RegExp;
  /** The files that need a line for it. */
  readonly lists: readonly string[];
};

const builder = (maker: string): RegExp => new RegExp(`^export const (\\w+) = ${maker}\\(`, 'gm');
const typed = (type: string): RegExp => new RegExp(`^export const (\\w+): ${type} = `, 'gm');

const kinds: Readonly<Record<string, Kind>> = {
  producer: { folder: 'producers', made: builder('defineProducer'), lists: ['builders.ts'] },
  consumer: { folder: 'consumers', made: builder('defineConsumer'), lists: ['builders.ts'] },
  subject: { folder: 'subjects', made: builder('defineSubject'), lists: ['builders.ts'] },
  act: { folder: 'subjects/acts', made: builder('defineAct'), lists: ['builders.ts'] },
  payload: { folder: 'workload', made: builder('definePayload'), lists: ['payloads.ts'] },
  'partition key': { folder: 'workload', made: builder('defineKeys'), lists: ['partition-keys.ts'] },
  fault: { folder: 'faults', made: builder('defineFault'), lists: ['builders.ts', 'legal-faults.ts or lies.ts'] },
  check: { folder: 'checks/catalogue', made: typed('Check'), lists: ['registry.ts'] },
  reporter: { folder: 'report', made: typed('Reporter'), lists: ['registry.ts'] },
  target: { folder: 'targets', made: typed('Target'), lists: ['registry.ts'] },
  format: { folder: 'importers', made: typed('Format'), lists: ['registry.ts'] },
};

const textOf = (folder: string, list: string): string =>
  list
    .split(' or ')
    .map((name) => readFileSync(`${folder}/${name}`, 'utf8'))
    .join('\n');

test.each(Object.entries(kinds))('each %s is in its list', async (_, { folder: room, made, lists }) => {
  const folder = `harness/${room}`;
  const files = await glob([`${folder}/**/*.ts`, '!**/*.test.ts']);
  const variants = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(made)].map(([, name = '']) => ({
      name,
      path: `.${file.slice(folder.length)}`,
    })),
  );
  expect(variants.length).toBeGreaterThan(0);
  const missing = lists.flatMap((list) => {
    const text = textOf(folder, list);
    const isListed = ({ name, path }: (typeof variants)[number]): boolean =>
      text.includes(`{ ${name} } from '${path}'`) && (list !== 'registry.ts' || text.split(name).length > 2);
    return variants
      .filter(({ name }) => name !== 'adversary' || list === 'builders.ts')
      .filter((variant) => !isListed(variant))
      .map(({ name, path }) => `${folder}/${list}: add ${name}, from '${path}'`);
  });
  expect(missing).toEqual([]);
});
