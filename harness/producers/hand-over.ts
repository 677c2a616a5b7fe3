import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { shortMessage } from '../model/short-message.ts';
import type { CommandOptions } from './command-options.ts';
import { dueAt, timeLine } from './pace.ts';
import type { ProducerTools } from './producer.ts';
import type { HandedRecord } from './program.ts';

/** Counts of the records that a program was handed, and of its answers. */
export type Answers = { handed: number; accepted: number; done: number; failed: number; foreign: number };

export type HandOver = {
  readonly answers: Answers;
  /** Call it with each line that the program printed. Returns false for other output of the program. */
  readonly hear: (line: string) => boolean;
  /**
   * Hands all records over. Resolves when that is done and standard input is closed, or the program has gone. Records
   * that the program did not read count as handed over, and so as never sent. A broken pipe is no error.
   */
  readonly write: (stdin: Writable, gone: Promise<unknown>) => Promise<void>;
  readonly sentence: () => string;
};

type Told = { readonly type?: unknown; readonly message?: unknown };

const kinds = ['accepted', 'done', 'failed'] as const;

/**
 * Hands a program the workload's records as JSON lines: `{"type":"put","key","n","data"}`, data in base64. The program
 * may answer each with `accepted`, `done` or `failed`.
 */
export const handOver = (
  tools: Pick<ProducerTools, 'next' | 'clock' | 'signal' | 'handed' | 'seed'>,
  { rate, arrivals, inFlight }: Pick<CommandOptions, 'rate' | 'arrivals' | 'inFlight'>,
): HandOver => {
  const answers: Answers = { handed: 0, accepted: 0, done: 0, failed: 0, foreign: 0 };
  let message = '';
  let wake: () => void = () => undefined;
  const isFull = (): boolean =>
    inFlight !== undefined && answers.handed - answers.done - answers.failed >= inFlight && !tools.signal.aborted;
  const answered = (): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
    });
  return {
    answers,
    hear: (line) => {
      const told = parse(line);
      const kind = kinds.find((known) => known === told?.type);
      if (kind === undefined) return false;
      answers[kind] += 1;
      if (kind === 'failed' && message === '' && typeof told?.message === 'string')
        message = shortMessage(told.message);
      wake();
      return true;
    },
    write: async (stdin, gone) => {
      let isThere = true;
      void gone.then(() => {
        isThere = false;
        wake();
      });
      const line = timeLine(tools.clock, { rate, arrivals, seed: tools.seed });
      stdin.on('error', () => undefined);
      for (;;) {
        while (isThere && isFull()) await answered();
        const atMs = line.next();
        if (isThere) await Promise.race([line.until(atMs, tools.signal), gone]);
        const record = tools.next();
        if (record === undefined) break;
        const { key, n, data } = record;
        // Called even if the program has gone: the record was due, and the program did not send it.
        tools.handed?.(dueAt<HandedRecord>({ key, n }, line.due(atMs)));
        if (!isThere || !stdin.writable) continue;
        answers.handed += 1;
        const put = JSON.stringify({ type: 'put', key, n, data: Buffer.from(data).toString('base64') });
        if (!stdin.write(`${put}\n`)) await Promise.race([roomIn(stdin), gone]);
      }
      stdin.end();
    },
    sentence: () => {
      const { handed, accepted, done, failed } = answers;
      const words = message === '' ? '' : ` (the first: ${message})`;
      return `was handed ${handed} records; it said accepted of ${accepted}, done of ${done}, failed of ${failed}${words}`;
    },
  };
};

/** Resolves when the pipe has room, or is broken. The program's own end tells why its reader has gone. */
const roomIn = async (stdin: Writable): Promise<void> => {
  const over = new AbortController();
  const { signal } = over;
  const any = ['drain', 'close', 'error'].map((name) => once(stdin, name, { signal }).catch(() => undefined));
  await Promise.race(any);
  over.abort();
};

const parse = (line: string): Told | undefined => {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as Told;
  } catch {
    return undefined;
  }
};
