import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Form, forms } from '../testing/import-forms.ts';
import { type Handled, type Story, stories } from '../testing/import-story.ts';
import { type Asked, importing, type Judged } from '../testing/imported.ts';
import { importLineFor } from './recognise.ts';

const { file, imported } = importing();

/** The stories are the same in each run, so that a red test is one that the last change broke. */
const holdsFor = (law: (story: Story, cut: number) => Promise<void>, numRuns = 12): Promise<void> =>
  fc.assert(fc.asyncProperty(stories, fc.nat(), law), { numRuns, seed: 20261201 });

const told = ({ verdict }: Judged): { readonly verdict: string; readonly broken: readonly string[] } => {
  const late = verdict.findings.filter(({ anomaly }) => anomaly === 'key-reorder' || anomaly === 'subject-reorder');
  return { verdict: verdict.verdict, broken: [...new Set(late.map(({ key }) => String(key)))].sort() };
};

const truth = ({ handled, broken }: Story) => ({
  verdict: broken.length > 0 ? 'violated' : hasPair(handled) ? 'holds' : 'unknown',
  broken,
});

const hasPair = (handled: readonly Handled[]): boolean =>
  handled.some(({ key, n }, at) => handled.slice(0, at).some((other) => other.key === key && other.n !== n));

const dump = async (form: Form, texts: readonly (string | Buffer)[], asked: Asked = {}): Promise<Judged> => {
  const files = [];
  for (const text of texts) files.push({ format: form.format, path: await file(text), isPut: false });
  return imported(files, asked);
};

const cutAt = <One>(list: readonly One[], at: number): readonly (readonly One[])[] => {
  const place = 1 + (at % (list.length - 1));
  return [list.slice(0, place), list.slice(place)];
};

// The form carries facts, and is none itself.
describe.each(Object.entries<Form>(forms))('a story as %s', (_, form) => {
  test('has the verdict of the story, and names its broken keys', () =>
    holdsFor(async (story) => {
      expect(told(await dump(form, [form.write(story.handled)]))).toEqual(truth(story));
    }));

  // Lines that are handled later have later times, so a merge by time restores their order.
  test('has the same verdict in two files, one of them compressed', () =>
    holdsFor(async (story, cut) => {
      const [before = [], after = []] = cutAt(story.handled, cut);
      const asked = { map: await counterOf(form, story) };
      const judged = await dump(form, [gzipSync(form.write(before)), form.write(after)], asked);
      expect(told(judged)).toEqual(truth(story));
    }, 6));

  // The command is the guess of the import, written down.
  test('has the same verdict by the command that check prints', () =>
    holdsFor(async (story) => {
      const line = (await importLineFor(await file(form.write(story.handled)))) ?? '';
      const [, format] = / import (\S+)/.exec(line) ?? [];
      expect(format).toBe(form.format);
      const [, map] = / --map (\S+)/.exec(line) ?? [];
      const [, id] = / --id (\S+)/.exec(line) ?? [];
      const asked = { ...(map === undefined ? {} : { map: [map] }), ...(id === undefined ? {} : { id }) };
      expect(told(await dump(form, [form.write(story.handled)], asked))).toEqual(truth(story));
    }, 4));
});

/** A short file alone may not show its counter, so it is named as in the whole. */
const counterOf = async (form: Form, story: Story): Promise<readonly string[]> => {
  const { found } = await dump(form, [form.write(story.handled)]);
  const n = found[0]?.mapping?.n?.text;
  return n === undefined ? [] : [`n=${n}`];
};

/** JSON lines of some of the facts, and others. */
const rows = (
  handled: readonly Handled[],
  names: readonly (keyof Handled)[],
  more: (at: number) => object = () => ({}),
): string => {
  const called = { shard: 'shardId', seq: 'sequenceNumber', key: 'key', n: 'eventSeq', time: 'time' } as const;
  const texts = handled.map((one, at) =>
    JSON.stringify({ ...more(at), ...Object.fromEntries(names.map((name) => [called[name], one[name]])) }),
  );
  return `${texts.join('\n')}\n`;
};
const { flat } = forms;

describe('fewer facts never make a broken order whole, or a whole one broken', () => {
  // The order of lines is still there, and it is the order of handling.
  test.each<[string, readonly (keyof Handled)[]]>([
    ['neither numbers nor shards nor times', ['key', 'n']],
    ['no numbers', ['time', 'shard', 'key', 'n']],
    ['no shards', ['time', 'seq', 'key', 'n']],
    ['no times', ['shard', 'seq', 'key', 'n']],
  ])('%s', (_, names) =>
    holdsFor(async (story) => {
      expect(told(await dump(flat, [rows(story.handled, names)]))).toEqual(truth(story));
    }),
  );

  // Nothing tells the order of two files but their names or their numbers.
  test('two files without times are never green if the order is broken', () =>
    holdsFor(async (story, cut) => {
      const texts = cutAt(story.handled, cut).map((part) => rows(part, ['shard', 'seq', 'key', 'n']));
      const { verdict } = told(await dump(flat, texts));
      if (story.broken.length > 0) expect(verdict).not.toBe('holds');
    }, 30));
});

describe('fields that say nothing of the order make no broken one whole, and no whole one broken', () => {
  test.each<[string, (at: number) => object]>([
    ['a number of the line', (at) => ({ offset: 100 + at })],
    ['the version of a schema', () => ({ schemaVersion: 3, region: 'eu' })],
    ['an amount', (at) => ({ amount: (at * 7919) % 101 })],
  ])('%s', (_, more) =>
    holdsFor(async (story) => {
      const all = rows(story.handled, ['time', 'shard', 'seq', 'key', 'n'], more);
      const { verdict, broken } = told(await dump(flat, [all]));
      if (story.broken.length > 0) expect(verdict).not.toBe('holds');
      else expect({ verdict, broken }).toEqual(truth(story));
    }),
  );
});

test('the order of a second application that broke none excuses nothing, with or without numbers', () =>
  holdsFor(async (story) => {
    const sorted = [...story.handled].sort((a, b) => a.n - b.n);
    for (const names of [
      ['key', 'n'],
      ['seq', 'shard', 'key', 'n'],
    ] as const) {
      const texts = [rows(sorted, names, () => ({ app: 'a' })), rows(story.handled, names, () => ({ app: 'b' }))];
      const { verdict } = told(await dump(flat, [texts.join('')]));
      if (story.broken.length > 0) expect(verdict).toBe('violated');
    }
  }));

test('the same files give the same history', () =>
  holdsFor(async ({ handled }) => {
    const [one, other] = [await dump(flat, [flat.write(handled)]), await dump(flat, [flat.write(handled)])];
    const facts = ({ lines }: Judged) => lines.slice(1).filter(({ type }) => type !== 'note');
    expect(facts(other)).toEqual(facts(one));
  }, 5));
