import type { PutFact, ReadFact } from './fact.ts';

type Named = ReadFact | PutFact;

/** A record of a key and n, apart from the others that have the same. `isOpen`: a put of it failed. */
type Variant = { readonly places: Set<string>; digest: string | undefined; isAcked: boolean; isOpen: boolean };

/** So many pairs of key and n are remembered, the latest. */
const rememberedMax = 100_000;

/**
 * A counter that is a time may be the same in two records of a key. Where their places and their bytes tell them
 * apart, the later one is written as of another producer: it is a record of its own, and its order is not judged.
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
      `${this.count} records have the counter of another record of their key, and are others by their bytes or their puts: they are records of their own (tie-2), and their order is not judged`,
    ];
  }
}

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

/** The place tells first. Then the bytes of what was read; and a put is of the record that was not acknowledged yet. */
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
