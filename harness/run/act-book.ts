import { isKeyOf } from '../lib/is-key-of.ts';
import type { Variant } from '../scenario/resolved.ts';
import type { ActBook, ActWatch } from '../subjects/acts/act.ts';
import { isOf } from '../subjects/acts/of-instance.ts';
import { acts } from '../subjects/acts/registry.ts';

type Fired = {
  readonly id: number;
  readonly fault: string;
  readonly detail: Readonly<Record<string, unknown>>;
};

export type ActBookOptions = {
  readonly faults: readonly Variant[];
  /** The name of the consumer. */
  readonly name: string;
  readonly fired: (fired: Fired) => void;
};

/** The acts that are planned for a consumer under test. They are numbered together with the other faults, from 1. */
export const actBook = ({ faults, name, fired }: ActBookOptions): ActBook => {
  const watches: { readonly id: number; readonly fault: string; readonly watch: ActWatch }[] = [];
  for (const [index, { type, ...given }] of faults.entries()) {
    if (!isKeyOf(acts, type) || !isOfConsumer(given['of'], name)) continue;
    watches.push({ id: index + 1, fault: type, watch: acts[type].make(given)() });
  }
  return {
    watch: (deed, stage) => {
      for (const { id, fault, watch } of watches) watch(deed, stage, (detail) => fired({ id, fault, detail }));
    },
  };
};

/** True if `of` names this consumer or one of its instances: `app`, `app/1`. */
const isOfConsumer = (of: unknown, name: string): boolean =>
  typeof of === 'string' && (isOf(of, name) || of.startsWith(`${name}/`));
