import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** When a command counts as started, in Playwright's terms. */
export type WaitFor =
  | { readonly type: 'firstCall' }
  | { readonly type: 'stdout'; readonly pattern: RegExp }
  | { readonly type: 'url'; readonly url: string }
  | { readonly type: 'port'; readonly port: number };

export type WaitTools = {
  readonly firstCall: Promise<void>;
  /** Subscribes to the command's output; returns how to unsubscribe. */
  readonly onStdout: (listener: (text: string) => void) => () => void;
  readonly signal: AbortSignal;
};

const lookMs = 50;

/** Resolves when the command counts as started; rejects with the signal's reason. */
export const waitFor = (wait: WaitFor, tools: WaitTools): Promise<void> => {
  if (wait.type === 'firstCall') return untilAborted(tools.firstCall, tools.signal);
  if (wait.type === 'stdout') return untilAborted(printed(wait.pattern, tools), tools.signal);
  if (wait.type === 'url') return looked(() => answers(wait.url), tools.signal);
  return looked(() => isOpen(wait.port), tools.signal);
};

export const waitWords = (wait: WaitFor): string => {
  if (wait.type === 'firstCall') return 'its first call to the gateway';
  if (wait.type === 'stdout') return `${wait.pattern} on its standard output`;
  return wait.type === 'url' ? `an answer of ${wait.url}` : `port ${wait.port}`;
};

const untilAborted = (work: Promise<void>, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });

const textMax = 64 * 1024;

const printed = (pattern: RegExp, { onStdout }: WaitTools): Promise<void> =>
  new Promise((resolve) => {
    let text = '';
    const stop = onStdout((more) => {
      text = (text + more).slice(-textMax);
      if (!pattern.test(text)) return;
      stop();
      resolve();
    });
  });

const looked = async (look: () => Promise<boolean>, signal: AbortSignal): Promise<void> => {
  while (!(await look())) await sleep(lookMs, undefined, { signal });
};

const answers = async (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(2000) }).then(
    ({ status }) => status < 500,
    () => false,
  );

const isOpen = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const told = (isThere: boolean): void => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once('connect', () => told(true)).once('error', () => told(false));
  });
