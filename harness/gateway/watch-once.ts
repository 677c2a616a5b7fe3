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

export const watchOnce = (observer: CallObserver, onFailure: (call: ApiCall, thrown: unknown) => void): Watches => {
  const open = new Set<SafeWatch>();
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
      const safely = (work: () => void): void => {
        try {
          work();
        } catch (thrown) {
          onFailure(call, thrown);
        }
      };
      let told: CallWatch | undefined;
      let isAnswered = false;
      let isEnded = false;
      safely(() => {
        told = observer.sent(call);
      });
      const watch: SafeWatch = {
        op: told?.op,
        answered: (answer) => {
          if (isAnswered) return;
          isAnswered = true;
          open.delete(watch);
          safely(() => told?.answered(answer));
        },
        event: (event) => safely(() => told?.event?.(event)),
        ended: () => {
          if (isEnded) return;
          isEnded = true;
          safely(() => told?.ended?.());
        },
      };
      open.add(watch);
      return watch;
    },
    lose: (message) => {
      for (const watch of open) watch.answered({ kind: 'lost', message, isSent: true });
    },
  };
};
