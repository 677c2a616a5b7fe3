import type { FaultEvent, HistoryEvent, PhaseEvent } from '../../model/event.ts';
import type { Moment } from './spans.ts';

/** One firing of a fault. `op`: the call that it changed; null if it names none. */
export type Fault = {
  readonly name: string;
  readonly line: number;
  readonly t: number;
  readonly op: number | null;
  readonly detail: Readonly<Record<string, unknown>>;
};

export type Phase = Moment & { readonly phase: string };
export type Note = Moment & { readonly text: string };

/** At most this many of each kind are kept; the rest is counted. */
const keptMax = 2000;

/** Events other than records: faults, phases, notes, the end. */
export class BandsFold {
  readonly faults: Fault[] = [];
  readonly neverFired: string[] = [];
  readonly phases: Phase[] = [];
  readonly notes: Note[] = [];
  end: { readonly reason: string; readonly error: string | null } | undefined;
  faultsLeft = 0;

  take(event: HistoryEvent, line: number): void {
    const { t } = event;
    if (event.type === 'fault') this.#fault(event, line);
    else if (event.type === 'phase') this.#phase(event, line);
    else if (event.type === 'note' && this.notes.length < keptMax) this.notes.push({ t, line, text: event.text });
    else if (event.type === 'end') this.end = { reason: event.reason, error: event.error ?? null };
  }

  #fault({ fault, phase, t, op, detail = {} }: FaultEvent, line: number): void {
    if (phase === 'never-fired') this.neverFired.push(fault);
    if (phase !== 'fired') return;
    if (this.faults.length >= keptMax) this.faultsLeft += 1;
    else this.faults.push({ name: fault, line, t, op: op ?? null, detail });
  }

  #phase({ t, phase }: PhaseEvent, line: number): void {
    if (this.phases.length < keptMax) this.phases.push({ t, line, phase });
  }
}
