import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { glob } from 'tinyglobby';
import { expect, test } from 'vitest';

type Kind = {
  readonly folder: string;
  /** What a variant's file exports: its name is the first group. */
  readonly made: RegExp;
  /** The files that need a line for it. */
  readonly lists: readonly string[];
  /** Where its test is, which names the variant or its type. Default: anywhere. */
  readonly tests?: string;
};

const builder = (maker: string): RegExp => new RegExp(`^export const (\\w+) = ${maker}\\(`, 'gm');
const typed = (type: string): RegExp => new RegExp(`^export const (\\w+): ${type} = `, 'gm');

const kinds: Readonly<Record<string, Kind>> = {
  producer: { folder: 'producers', made: builder('defineProducer'), lists: ['builders.ts'] },
  consumer: { folder: 'consumers', made: builder('defineConsumer'), lists: ['builders.ts'] },
  subject: {
    folder: 'subjects',
    made: builder('defineSubject'),
    lists: ['builders.ts'],
    tests: 'harness/{subjects,run}/**/*.test.ts',
  },
  act: { folder: 'subjects/acts', made: builder('defineAct'), lists: ['builders.ts'] },
  payload: { folder: 'workload', made: builder('definePayload'), lists: ['payloads.ts'] },
  'partition key': { folder: 'workload', made: builder('defineKeys'), lists: ['partition-keys.ts'] },
  fault: {
    folder: 'faults',
    made: builder('defineFault'),
    lists: ['builders.ts'],
    tests: 'harness/{gateway/*,run/fan-out,testing/adversary/lies}.test.ts',
  },
  check: {
    folder: 'checks/catalogue',
    made: typed('Check'),
    lists: ['registry.ts'],
    tests: 'harness/testing/cases/smallest-cases.ts',
  },
  reporter: {
    folder: 'report',
    made: typed('Reporter'),
    lists: ['registry.ts'],
    tests: 'harness/report/**/*.test.ts',
  },
  target: { folder: 'targets', made: typed('Target'), lists: ['registry.ts'], tests: 'harness/targets/**/*.test.ts' },
  mistake: { folder: 'detection', made: typed('Mutator'), lists: ['registry.ts'] },
  format: { folder: 'importers', made: typed('Format'), lists: ['registry.ts'] },
};

type Variant = { readonly name: string; readonly path: string; readonly type: string };

const variantsOf = async ({ folder: room, made }: Kind): Promise<readonly Variant[]> => {
  const folder = `harness/${room}`;
  const files = await glob([`${folder}/**/*.ts`, '!**/*.test.ts']);
  return files.flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    const [, type = file.replace(/^.*\/|\.ts$/g, '')] = /^ {2}type: '([\w-]+)'/m.exec(text) ?? [];
    return [...text.matchAll(made)].map(([, name = '']) => ({ name, type, path: `.${file.slice(folder.length)}` }));
  });
};

test.each(Object.entries(kinds))('each %s is in its list', async (_, kind) => {
  const variants = await variantsOf(kind);
  expect(variants.length).toBeGreaterThan(0);
  const missing = kind.lists.flatMap((list) => {
    const text = readFileSync(`harness/${kind.folder}/${list}`, 'utf8');
    const isListed = ({ name, path }: Variant): boolean =>
      text.includes(`{ ${name} } from '${path}'`) && (list !== 'registry.ts' || text.split(name).length > 2);
    return variants
      .filter(({ name }) => name !== 'adversary')
      .filter((variant) => !isListed(variant))
      .map(({ name, path }) => `harness/${kind.folder}/${list}: add ${name}, from '${path}'`);
  });
  expect(missing).toEqual([]);
});

test.each(Object.entries(kinds))('each %s is named in a test', async (_, kind) => {
  const pattern = kind.tests ?? 'harness/**/*.test.ts';
  const files = await glob([pattern, '!**/registries.test.ts']);
  const text = (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('\n');
  const untested = (await variantsOf(kind)).filter(
    ({ name, type }) => name !== 'adversary' && !new RegExp(`\\b(${name}|${type})\\b`).test(text),
  );
  expect(untested.map(({ name }) => `${name}: add its test to ${pattern}`)).toEqual([]);
});
