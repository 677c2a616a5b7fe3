import type { PageEvent, PutEvent } from '../../model/event.ts';
import type { Finding } from '../../model/verdict.ts';

/** What is kept of a history that is too long: the records with keys of findings, and the lines that findings name. */
export type Wanted = {
  readonly keys: ReadonlySet<string>;
  readonly lines: ReadonlySet<number>;
};

export const wantedBy = (findings: readonly Finding[]): Wanted => ({
  keys: new Set(findings.flatMap(({ key }) => (key === null ? [] : [key]))),
  lines: new Set(findings.flatMap(({ witness, near }) => [...witness, ...near.faults])),
});

type Flowed = { readonly key?: string; readonly idKey?: string; readonly flow?: string };

/**
 * Indexes of the items of a put or a page that are kept: those with a wanted key. If a finding names the line, all, up
 * to 2,000 items.
 */
export const wantedItems = ({ keys, lines }: Wanted, event: PutEvent | PageEvent, line: number): readonly number[] => {
  const items: readonly Flowed[] = event.type === 'put' ? event.entries : (event.records ?? []);
  const isAll = lines.has(line) && items.length <= namedMax;
  const isWanted = ({ key, idKey, flow }: Flowed): boolean =>
    (key !== undefined && keys.has(key)) ||
    (idKey !== undefined && keys.has(idKey)) ||
    (flow !== undefined && keys.has(flow));
  return [...items.keys()].filter((index) => isAll || isWanted(items[index] ?? {}));
};

const namedMax = 2000;
