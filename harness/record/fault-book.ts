import type { ArmedByName, Fired } from '../gateway/fault-chain.ts';
import { isKeyOf } from '../lib/is-key-of.ts';
import type { EventBody } from '../model/event.ts';
import { armFault } from '../run/arm.ts';
import type { Variant } from '../scenario/resolved.ts';
import { acts } from '../subjects/acts/registry.ts';

type Write = (event: EventBody) => number;

/**
 * Faults of a recording: armed for all streams, because calls are counted over all of them, and recorded in the
 * history of the stream that they hit.
 */
export type FaultBook = {
  readonly armed: readonly ArmedByName[];
  readonly fired: (fired: Pick<Fired, 'id' | 'fault' | 'op' | 'detail'>, write: Write) => void;
  /** Writes the faults that hit no call of any stream. Call it at the end of a history. */
  readonly finish: (write: Write) => void;
};

export const faultBook = (faults: readonly Variant[], producer: string): FaultBook => {
  const hit = new Set<number>();
  const told = new Map<Write, Set<number>>();
  const tellArmed = (id: number, write: Write): void => {
    const known = told.get(write) ?? new Set();
    told.set(write, known);
    if (known.has(id)) return;
    known.add(id);
    const { type = '', ...detail } = faults[id - 1] ?? {};
    write({ type: 'fault', fault: String(type), phase: 'armed', id, detail });
  };
  return {
    armed: faults.flatMap((fault, index) =>
      isKeyOf(acts, fault.type)
        ? []
        : [armFault(fault, { id: index + 1, where: '--fault', producer, reader: producer, seed: '1' })],
    ),
    fired: ({ id, fault, op, detail = {} }, write) => {
      hit.add(id);
      tellArmed(id, write);
      write({ type: 'fault', fault, phase: 'fired', id, ...(op === undefined ? {} : { op }), detail });
    },
    finish: (write) => {
      for (const [index, { type }] of faults.entries()) {
        if (hit.has(index + 1)) continue;
        tellArmed(index + 1, write);
        write({ type: 'fault', fault: type, phase: 'never-fired', id: index + 1 });
      }
    },
  };
};
