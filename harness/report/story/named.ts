import type { Finding } from '../../model/verdict.ts';
import type { Role } from './picture.ts';

/** Something that a finding's evidence names: a number of its flow, or a place. */
export type Named = {
  readonly role: Role;
  readonly n: number | null;
  readonly shard: string | null;
  readonly seq: string | null;
  readonly sub: number | null;
};

/**
 * Fields of evidence that hold the wrong record: the first of these that exists. Others hold what it is compared with.
 */
const lateFirst = ['late', 'skipped', 'earlier', 'child', 'after', 'first'] as const;

/** Records and places that the evidence names, the wrong one first. */
export const namedBy = ({ evidence, anomaly }: Finding): readonly Named[] => {
  const found: { readonly path: readonly string[]; readonly fields: Readonly<Record<string, unknown>> }[] = [];
  const walk = (value: unknown, path: readonly string[]): void => {
    if (Array.isArray(value)) for (const item of value.slice(0, itemsMax)) walk(item, path);
    else if (typeof value === 'object' && value !== null) {
      const fields = value as Readonly<Record<string, unknown>>;
      if (typeof fields['n'] === 'number' || typeof fields['seq'] === 'string') found.push({ path, fields });
      for (const [name, inner] of Object.entries(fields)) walk(inner, [...path, name]);
    }
  };
  walk(evidence, []);
  const behind = evidence['behind'];
  if (anomaly === 'zombie-append' && typeof behind === 'number')
    found.push({ path: ['before'], fields: { n: behind } });
  const rank = ({ path }: (typeof found)[number]): number => {
    const at = lateFirst.findIndex((word) => path.includes(word));
    return at < 0 ? (path.length === 0 ? lateFirst.length : lateFirst.length + 1) : at;
  };
  return found
    .map((one, index) => ({ ...one, index }))
    .toSorted((a, b) => rank(a) - rank(b) || a.index - b.index)
    .map(({ fields }, index) => ({ role: index === 0 ? 'late' : 'other', ...placeIn(fields) }));
};

const itemsMax = 6;

const placeIn = ({ n, shard, seq, sub }: Readonly<Record<string, unknown>>): Omit<Named, 'role'> => ({
  n: typeof n === 'number' ? n : null,
  shard: typeof shard === 'string' ? shard : null,
  seq: typeof seq === 'string' ? seq : null,
  sub: typeof sub === 'number' ? sub : null,
});
