import type { ApiAnswer, ApiCall, CallObserver, CallWatch } from '../tap/call.ts';

/**
 * A watch that is told of one answer and one end only. What the observer throws is a failure of ours, and never the
 * client's.
 */
export type SafeWatch = Required<Omit<CallWatch, 'op'>> & { readonly op: number | undefined };

export type Watches = {
  /** Never rejects: a call for which the observer failed goes on. */
  readonly before: (call: ApiCall) => Promise<ApiAnswer | undefined> | undefined;
  readonly sent: (call: ApiCall) => SafeWatch;
  /** Whoever still waits is told that no answer comes. */
  readonly lose: (message: string) => void;
};

type OnFailure = (call: ApiCall, thrown: unknown) => void;

export const watchOnce = (observer: CallObserver, onFailure: OnFailure): Watches => {
  const open = new Set<Watched>();
  return {
    before: (call) => {
      try {
        return observer.before?.(call)?.catch((thrown: unknown) => {
          onFailure(call, thrown);
          return undefined;
        });
      } catch (thrown) {
        onFailure(call, thrown);
        return undefined;
      }
    },
    sent: (call) => {
      const watch = new Watched(observer, call, open, onFailure);
      open.add(watch);
      return watch;
    },
    lose: (message) => {
      for (const watch of open) watch.answered({ kind: 'lost', message, isSent: true });
    },
  };
};

/** One a call. */
class Watched implements SafeWatch {
  readonly #call: ApiCall;
  readonly #open: Set<Watched>;
  readonly #onFailure: OnFailure;
  #told: CallWatch | undefined;
  #isEnded = false;

  constructor(observer: CallObserver, call: ApiCall, open: Set<Watched>, onFailure: OnFailure) {
    this.#call = call;
    this.#open = open;
    this.#onFailure = onFailure;
    this.#safely(() => {
      this.#told = observer.sent(call);
    });
  }

  get op(): number | undefined {
    return this.#told?.op;
  }

  answered(answer: ApiAnswer): void {
    if (this.#open.delete(this)) this.#safely(() => this.#told?.answered(answer));
  }

  event(event: Readonly<Record<string, unknown>>): void {
    this.#safely(() => this.#told?.event?.(event));
  }

  ended(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#safely(() => this.#told?.ended?.());
  }

  #safely(work: () => void): void {
    try {
      work();
    } catch (thrown) {
      this.#onFailure(this.#call, thrown);
    }
  }
}
