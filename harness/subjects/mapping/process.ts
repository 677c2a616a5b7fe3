import { lineSplitter } from '../../commands/line-splitter.ts';
import { type CommandEnd, type RunningCommand, startCommand } from '../../commands/start-command.ts';
import { messageOf } from '../../lib/error.ts';
import { type Environment, type EnvironmentTools, timedOut } from './environment.ts';
import { handlerLine, jsonOf } from './handler-line.ts';
import { shardOf } from './lambda-event.ts';
import type { Outcome } from './read-answer.ts';

export type ProcessOptions = {
  readonly run: readonly [command: string, ...args: string[]];
  /** The KINESIS_ORDER_RUN of its processes, which no other environment has. */
  readonly id: string;
  readonly logFile: string;
  readonly cwd?: string;
};

const gracefulShutdown = { signal: 'SIGTERM', timeoutMs: 1000 } as const;

/**
 * Runs a handler in any language as a program. Each event is one line of JSON on its standard input. Each answer is
 * one line on its standard output, an object or `null`. `{"errorMessage": …}` is an error of the function, as in
 * Lambda's runtimes. Other lines are its own output.
 */
export const processEnvironment = (options: ProcessOptions, tools: EnvironmentTools): Environment => {
  let running: RunningCommand | undefined;
  let waiting: ((outcome: Outcome) => void) | undefined;
  let shard = '';
  const answer = (outcome: Outcome): void => {
    const resolve = waiting;
    waiting = undefined;
    resolve?.(outcome);
  };
  const hear = (line: string): void => {
    const value = jsonOf(line);
    if (value === undefined) return;
    const report = handlerLine(value);
    if (report !== undefined) return tools.onHandlerLine(report, shard);
    if (waiting === undefined)
      return tools.onTrouble(`${options.run[0]} answered without being asked: ${line.slice(0, 200)}`);
    answer(outcomeOf(value));
  };
  const start = async (): Promise<void> => {
    if (running !== undefined) return;
    const lines = lineSplitter(hear);
    const begun = await startCommand({
      ...options,
      env: { ...tools.env, KINESIS_ORDER_RUN: options.id },
      gracefulShutdown,
      stdin: 'pipe',
      onOutput: (chunk, from) => {
        tools.onOutput(chunk.toString('utf8'));
        if (from === 'stdout') lines(chunk);
      },
    });
    running = begun;
    // Errors of writing to a program that has ended are ignored, because its end is reported.
    begun.stdin?.on('error', () => undefined);
    void begun.exited.then((end) => {
      if (running === begun) running = undefined;
      if (end.isOurs) return;
      const words = endWords(options.run[0], end, begun.lastLines());
      tools.onDeath(words);
      answer({ ok: false, message: words });
    });
  };
  const end = async (): Promise<void> => {
    const begun = running;
    running = undefined;
    await begun?.end();
  };
  return {
    start,
    invoke: async (event) => {
      try {
        await start();
      } catch (thrown) {
        return { ok: false, message: messageOf(thrown) };
      }
      const over = new AbortController();
      const answered = new Promise<Outcome>((resolve) => {
        waiting = resolve;
      });
      shard = shardOf(event);
      running?.stdin?.write(`${JSON.stringify(event)}\n`);
      const late = tools.clock.sleep(tools.timeoutMs, over.signal).then(
        () => 'late' as const,
        () => 'late' as const,
      );
      const outcome = await Promise.race([answered, late]);
      over.abort(new Error('answered'));
      waiting = undefined;
      if (outcome !== 'late') return outcome;
      await end();
      return timedOut(tools.timeoutMs);
    },
    close: end,
  };
};

const outcomeOf = (value: unknown): Outcome => {
  const { errorMessage, errorType } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (errorMessage === undefined && errorType === undefined) return { ok: true, answer: value };
  const words = [errorType, errorMessage].filter((part) => part !== undefined);
  return {
    ok: false,
    message: words.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(': '),
  };
};

const endWords = (program: string, { code, signal }: CommandEnd, lines: readonly string[]): string => {
  const how = signal === null ? `exit code ${code}` : `signal ${signal}`;
  return `${program} ended by itself with ${how}${lines.length === 0 ? '' : `; its last lines: ${lines.slice(-3).join(' | ')}`}`;
};
