import type { Head } from '../model/event.ts';
import type { Remedies, Remedy, Untested } from '../model/untested.ts';

export type CallAt = { readonly producer: string; readonly call: number };
type Kind = 'retry' | 'one-call' | 'overlap';
type Named = Pick<Remedy, 'fault'> & { readonly at: CallAt; readonly entries?: readonly number[] };

/**
 * Counts calls as faults count them, and notes the first one on which a fault would test something: a fault of an
 * entry needs PutRecords, and a swap needs another call in flight.
 */
export class FaultCalls {
  #by: Remedy['by'] | undefined;
  readonly #counts = new Map<string, number>();
  readonly #found = new Map<Kind, Named>();

  begin({ recorder = 'harness', scenario }: Head): void {
    if (recorder === 'proxy') this.#by = 'record';
    else if (recorder === 'harness' && scenario !== undefined) this.#by = 'scenario';
  }

  /** Flows are `producer\nkey`, one for each entry. */
  take(entries: readonly string[], isBatch: boolean): CallAt {
    // A recording has one client, whatever its records say of producers.
    const producer = this.#by === 'record' ? '' : (entries[0] ?? '').replace(/\n.*/s, '');
    const call = (this.#counts.get(producer) ?? 0) + 1;
    this.#counts.set(producer, call);
    const at = { producer, call };
    if (!this.#found.has('retry'))
      this.#found.set('retry', isBatch ? { fault: 'fail-record', at, entries: [0] } : { fault: 'fail-call', at });
    if (isBatch && !this.#found.has('one-call')) this.#noteInside(entries, at);
    return at;
  }

  overlapped(at: CallAt): void {
    if (!this.#found.has('overlap')) this.#found.set('overlap', { fault: 'swap', at });
  }

  remedies(untested: readonly Untested[]): Remedies {
    const by = this.#by;
    if (by === undefined) return {};
    const all = [...this.#found].filter(([kind]) => untested.includes(kind));
    return Object.fromEntries(all.map(([kind, named]) => [kind, this.#remedy(by, named)]));
  }

  /** The first entry behind which the call has another one of its key. */
  #noteInside(entries: readonly string[], at: CallAt): void {
    if (new Set(entries).size === entries.length) return;
    const first = entries.findIndex((flow, index) => entries.includes(flow, index + 1));
    this.#found.set('one-call', { fault: 'fail-record', at, entries: [first] });
  }

  #remedy(by: Remedy['by'], { fault, at: { producer, call }, entries }: Named): Remedy {
    const isNamed = by === 'scenario' && this.#counts.size > 1;
    return {
      by,
      fault,
      options: { ...(isNamed ? { producer } : {}), call, ...(entries === undefined ? {} : { entries }) },
    };
  }
}
