import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { lineSplitter } from '../../commands/line-splitter.ts';
import { HarnessError } from '../../lib/error.ts';
import { type Environment, type EnvironmentTools, initMsMax, timedOut } from './environment.ts';
import { handlerLine, jsonOf } from './handler-line.ts';
import { shardOf } from './lambda-event.ts';
import type { Outcome } from './read-answer.ts';

type Message = {
  readonly ready?: true;
  readonly unusable?: string;
  readonly printed?: string;
  readonly isError?: boolean;
  readonly id?: string;
  readonly answer?: string;
  readonly error?: string;
};

type Waiting = { readonly id: string; readonly resolve: (outcome: Outcome) => void };

/** Runs a handler of a module (`./fn.mjs#handler`) in a thread of this process. */
export const threadEnvironment = (handler: string, tools: EnvironmentTools): Environment => {
  const [path = '', name = 'handler'] = handler.split('#');
  const file = resolve(path);
  let worker: Worker | undefined;
  let starting: Promise<void> | undefined;
  let waiting: Waiting | undefined;
  let shard = '';
  const answer = (outcome: Outcome): void => {
    waiting?.resolve(outcome);
    waiting = undefined;
  };
  const begin = (): Promise<void> =>
    new Promise((started, failed) => {
      const made = new Worker(new URL('./thread-entry.mjs', import.meta.url), {
        workerData: { file, name, timeoutMs: tools.timeoutMs },
        env: { ...tools.env },
        stdin: false,
        execArgv: [],
      });
      worker = made;
      const unusable = (why: string): void => failed(unusableHandler(handler, path, why));
      const lines = lineSplitter((line) => {
        const report = handlerLine(jsonOf(line));
        if (report !== undefined) tools.onHandlerLine(report, shard);
      });
      const over = (why: string): void => {
        if (worker === made) worker = undefined;
        unusable(why);
        answer({ ok: false, message: why });
      };
      made.on('message', (message: Message) => {
        if (message.printed !== undefined) {
          tools.onOutput(message.printed);
          if (message.isError !== true) lines(Buffer.from(message.printed));
        }
        if (message.ready === true) started();
        if (message.unusable !== undefined) unusable(message.unusable);
        if (message.id !== undefined && message.id === waiting?.id) answer(outcomeOf(message));
      });
      made.on('error', (thrown: Error) => over(`${thrown.name}: ${thrown.message}`));
      made.on('exit', (code) => over(`the handler ended its process, exit code ${code}`));
    });
  const end = async (): Promise<void> => {
    const made = worker;
    worker = undefined;
    starting = undefined;
    await made?.terminate();
  };
  const start = async (): Promise<void> => {
    if (worker === undefined) starting = undefined;
    starting ??= inTime(begin(), tools, handler, path);
    try {
      await starting;
    } catch (thrown) {
      await end();
      throw thrown;
    }
  };
  return {
    start,
    invoke: async (event) => {
      try {
        await start();
      } catch (thrown) {
        return { ok: false, message: thrown instanceof Error ? thrown.message : String(thrown) };
      }
      const id = randomUUID();
      const over = new AbortController();
      const answered = new Promise<Outcome>((done) => {
        waiting = { id, resolve: done };
      });
      shard = shardOf(event);
      worker?.postMessage({ id, event });
      const late = tools.clock.sleep(tools.timeoutMs, over.signal).then(
        () => timedOut(tools.timeoutMs),
        () => timedOut(tools.timeoutMs),
      );
      const outcome = await Promise.race([answered, late]);
      over.abort(new Error('answered'));
      if (waiting?.id === id) await end();
      waiting = undefined;
      return outcome;
    },
    close: end,
  };
};

const outcomeOf = ({ answer, error }: Message): Outcome =>
  error === undefined
    ? { ok: true, answer: answer === undefined ? undefined : JSON.parse(answer) }
    : { ok: false, message: error };

const inTime = async (
  begun: Promise<void>,
  { clock }: EnvironmentTools,
  handler: string,
  path: string,
): Promise<void> => {
  const over = new AbortController();
  const late = clock.sleep(initMsMax, over.signal).then(
    () => Promise.reject(unusableHandler(handler, path, `it was not loaded within ${initMsMax} ms`)),
    () => undefined,
  );
  await Promise.race([begun.finally(() => over.abort(new Error('over'))), late]);
  await begun;
};

const unusableHandler = (handler: string, path: string, why: string): HarnessError =>
  new HarnessError('usage', `consumers: eventSourceMapping, handler ${handler}: ${path}: ${why}`, {
    hint: "a handler is a file, relative to the scenario's, and the name of what it exports: './fn.mjs#handler'",
  });
