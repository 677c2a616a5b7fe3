import type { ApiAnswer, ApiCall, CallObserver, CallWatch } from '../tap/call.ts';

/**
 * A watch that forwards only the first answer and the first end. An exception of the observer is a failure of this
 * tool, and never reaches the client.
 */
export type SafeWatch = Required<Omit<CallWatch, 'op'>> & { readonly op: number | undefined };

export type Watches = {
  /** False if the observer has no `before`. */
  readonly isAsked: boolean;
  /** Never rejects: if the observer fails, the call goes on. */
  readonly before: (call: ApiCall) => Promise<ApiAnswer | undefined> | undefined;
  readonly sent: (call: ApiCall) => SafeWatch;
  /** Marks every unanswered call as lost. */
  readonly lose: (message: string) => void;
};

type OnFailure = (call: ApiCall, thrown: unknown) => void;

export const watchOnce = (observer: CallObserver, onFailure: OnFailure): Watches => {
  const open = new Set<Watched>();
  return {
    isAsked: observer.before !== undefined,
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

/** The watch of one call. */
class Watched implements SafeWatch {
  readonly #call: ApiCall;
  readonly #open: Set<Watched>;
  readonly #onFailure: OnFailure;
  #watch: CallWatch | undefined;
  #isEnded = false;

  constructor(observer: CallObserver, call: ApiCall, open: Set<Watched>, onFailure: OnFailure) {
    this.#call = call;
    this.#open = open;
    this.#onFailure = onFailure;
    this.#safely(() => {
      this.#watch = observer.sent(call);
    });
  }

  get op(): number | undefined {
    return this.#watch?.op;
  }

  answered(answer: ApiAnswer): void {
    if (this.#open.delete(this)) this.#safely(() => this.#watch?.answered(answer));
  }

  event(event: Readonly<Record<string, unknown>>): void {
    this.#safely(() => this.#watch?.event?.(event));
  }

  ended(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#safely(() => this.#watch?.ended?.());
  }

  #safely(work: () => void): void {
    try {
      work();
    } catch (thrown) {
      this.#onFailure(this.#call, thrown);
    }
  }
}
