import type { PutFact, ReadFact } from './fact.ts';

type Named = ReadFact | PutFact;

/** One of several records with the same key and n. `isOpen`: a put of it has no place. */
type Variant = { readonly places: Set<string>; digest: string | undefined; isAcked: boolean; isOpen: boolean };

/** The number of pairs of key and n that are remembered. */
const rememberedMax = 100_000;

/**
 * If the counter is a time, two records of a key may have the same. If their places and bytes differ, the later one is
 * written with another producer: it is a separate record, and its order is not judged.
 */
export class Ties {
  readonly #seen = new Map<string, Variant[]>();
  count = 0;

  take<One extends Named>(fact: One): One {
    const { key, flow, n, producer } = fact;
    if (n === undefined) return fact;
    const known = this.#variants(`${flow ?? key ?? ''} ${n} ${producer ?? ''}`);
    const met = matching(known, fact);
    const variant = met ?? { places: new Set<string>(), digest: undefined, isAcked: false, isOpen: false };
    const index = met === undefined ? known.push(variant) - 1 : known.indexOf(met);
    if (met === undefined && index > 0) this.count += 1;
    learn(variant, fact);
    if (index === 0) return fact;
    return { ...fact, producer: `${producer === undefined ? '' : `${producer} `}tie-${index + 1}` };
  }

  #variants(id: string): Variant[] {
    const known = this.#seen.get(id);
    if (known !== undefined) return known;
    const made: Variant[] = [];
    this.#seen.set(id, made);
    if (this.#seen.size > rememberedMax) this.#seen.delete(this.#seen.keys().next().value ?? id);
    return made;
  }

  words(): readonly string[] {
    if (this.count === 0) return [];
    return [
      this.count === 1
        ? `1 record has ${tieWords}: it is treated as a separate record (tie-2), and its order is not judged`
        : `${this.count} records have ${tieWords}: they are treated as separate records (tie-2), and their order is not judged`,
    ];
  }
}

const tieWords = 'the same key and counter as another record, but other bytes or another put';

const placeOf = ({ shard, seq, sub }: Named): string | undefined =>
  seq === undefined ? undefined : `${shard ?? ''} ${seq} ${sub ?? ''}`;

const digestOf = ({ digest, bytes }: Named): string | undefined => digest ?? bytes?.toString();

const learn = (variant: Variant, fact: Named): void => {
  const place = placeOf(fact);
  if (place !== undefined) variant.places.add(place);
  variant.digest ??= digestOf(fact);
  if (fact.kind === 'read') return;
  if (place === undefined) variant.isOpen = true;
  else variant.isAcked = true;
};

/**
 * The variant of a fact: by its place, otherwise by its bytes. A put belongs to a record that is not yet acknowledged.
 */
const matching = (known: readonly Variant[], fact: Named): Variant | undefined => {
  const place = placeOf(fact);
  const here = place === undefined ? undefined : known.find(({ places }) => places.has(place));
  if (here !== undefined) return here;
  if (fact.kind === 'put')
    return known.find(
      ({ isAcked, isOpen, places }) => !isAcked && (place === undefined || isOpen || places.size === 0),
    );
  const digest = digestOf(fact);
  if (digest === undefined) return known[0];
  return (
    known.find((variant) => variant.digest === digest) ??
    known.find((variant) => variant.digest === undefined && (variant.isOpen || variant.places.size === 0))
  );
};
