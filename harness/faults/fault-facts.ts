/** What a fault may know of the scenario that arms it. Options are those of the variant itself. */
export type FaultFacts = {
  readonly producers: readonly Named[];
  readonly consumers: readonly Named[];
  readonly reshard: readonly { readonly action: string }[];
  readonly stream?: { readonly shards: number };
};

export type Named = { readonly name: string; readonly type: string } & Readonly<Record<string, unknown>>;

/**
 * The client that the options name, else the first one. A string says why there is none. Only consumers have instances.
 */
export const clientOf = (
  kind: 'producer' | 'consumer',
  list: readonly Named[],
  named: string | undefined,
): Named | string => {
  const found =
    named === undefined
      ? list[0]
      : list.find(({ name }) => (kind === 'consumer' ? isClient(name, named) : name === named));
  if (found !== undefined) return found;
  if (named === undefined) return `the scenario has no ${kind}`;
  const possible = list.length === 0 ? 'there is none' : `possible: ${list.map(({ name }) => name).join(', ')}`;
  return `there is no ${kind} ${JSON.stringify(named)}; ${possible}`;
};

/**
 * True if `wanted` names the client. `app/1` is the first instance of the consumer app; `app` names all its instances.
 */
export const isClient = (wanted: string, client: string | undefined): boolean =>
  client === wanted || client?.startsWith(`${wanted}/`) === true;

/** True if the scenario has programs, whose calls are not known beforehand. */
export const hasPrograms = ({ producers }: FaultFacts): boolean =>
  producers.some(({ type, records }) => type === 'command' || type === 'fn' || records === 'own');
