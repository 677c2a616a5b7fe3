import { several } from '../../lib/several.ts';

/** A sentence about some scenarios. */
export type Said = { readonly scenario: string; readonly text: string };

/** The same sentence about several scenarios: printed once, with its findings added up. */
export type Alike = { readonly text: string; readonly scenarios: readonly string[] };

type Group = { readonly before: string; readonly after: string; count: number | undefined; scenarios: string[] };

/** Sentences that differ only in the number of their findings become one. */
export const alike = (all: readonly Said[]): readonly Alike[] => {
  const groups = new Map<string, Group>();
  for (const { scenario, text } of all) {
    const { before, after, count } = parted(text);
    const key = `${before}\n${after}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { before, after, count, scenarios: [scenario] });
    else {
      if (count !== undefined) group.count = (group.count ?? 0) + count;
      if (!group.scenarios.includes(scenario)) group.scenarios.push(scenario);
    }
  }
  return [...groups.values()].map(({ before, after, count, scenarios }) => ({
    text: count === undefined ? before : `${before}${several(count, 'finding')}${after}`,
    scenarios,
  }));
};

const parted = (
  text: string,
): { readonly before: string; readonly after: string; readonly count: number | undefined } => {
  const found = /\b(\d[\d,]*) findings?\b/.exec(text);
  if (found === null) return { before: text, after: '', count: undefined };
  const [words, number = '0'] = found;
  return {
    before: text.slice(0, found.index),
    after: text.slice(found.index + words.length),
    count: Number(number.replaceAll(',', '')),
  };
};
