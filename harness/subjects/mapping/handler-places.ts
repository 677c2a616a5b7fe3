import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { commandEnv } from '../../commands/command-env.ts';
import type { SubjectTools } from '../subject.ts';
import type { SubjectDoor } from '../subject-door.ts';
import type { Environment, EnvironmentTools } from './environment.ts';
import type { MappingOptions } from './options.ts';
import { environmentPool, type Pool } from './pool.ts';
import { processEnvironment } from './process.ts';
import { threadEnvironment } from './thread.ts';

export type PlacesOptions = {
  readonly options: MappingOptions;
  readonly tools: Pick<SubjectTools, 'name' | 'clock' | 'note'>;
  readonly door: SubjectDoor | undefined;
  readonly region: string;
  readonly onHandlerLine: EnvironmentTools['onHandlerLine'];
  /** Called when a program has ended several times without ever answering: it will not answer. */
  readonly onHopeless: (words: string) => void;
};

/** This many ends before the first answer are no accident. */
const deathsMax = 5;

/** The most notes of one handler that the user sees. */
const notesMax = 3;

/**
 * Where the handler of a mapping runs: in threads for a module, in processes for a program. Its output is kept beside
 * the history.
 */
export const handlerPlaces = ({ options, tools, door, region, onHandlerLine, onHopeless }: PlacesOptions): Pool => {
  const { handler, timeoutMs } = options;
  const log = typeof handler === 'string' && door !== undefined ? createWriteStream(door.logFile) : undefined;
  // A full disk must not end the user's handler. The history reports the disk.
  log?.on('error', () => undefined);
  let [notes, deaths] = [0, 0];
  let hasAnswered = false;
  const onTrouble = (text: string): void => {
    notes += 1;
    if (notes <= notesMax) tools.note(`${tools.name}: ${text}`);
  };
  const given: EnvironmentTools = {
    timeoutMs,
    clock: tools.clock,
    env: envOf({ options, tools, door, region }),
    onHandlerLine,
    onOutput: (chunk) => void log?.write(chunk),
    onTrouble,
    onDeath: (text) => {
      onTrouble(text);
      deaths += 1;
      if (deaths === deathsMax && !hasAnswered) onHopeless(text);
    },
  };
  const make = (index: number): Environment => {
    if (typeof handler === 'string') return threadEnvironment(handler, given);
    const id = `${door?.id ?? randomUUID()}-${index}`;
    const logFile = (door?.logFile ?? `${id}.log`).replace(/\.log$/, `.${index + 1}.log`);
    const cwd = handler.cwd === undefined ? {} : { cwd: handler.cwd };
    return processEnvironment({ run: handler.command, id, logFile, ...cwd }, given);
  };
  const pool = environmentPool(make);
  return {
    ...pool,
    invoke: async (event) => {
      const outcome = await pool.invoke(event);
      hasAnswered ||= outcome.ok;
      return outcome;
    },
    close: async () => {
      await pool.close();
      await new Promise<void>((resolve) => (log === undefined ? resolve() : log.end(resolve)));
    },
  };
};

/**
 * The variables that Lambda's runtimes set and handlers commonly read, and the endpoint of the engine for a handler
 * that writes to another stream.
 */
const envOf = ({
  options,
  tools,
  door,
  region,
}: Omit<PlacesOptions, 'onHandlerLine' | 'onHopeless'>): EnvironmentTools['env'] => {
  const env = { ...process.env, ...door?.env };
  const place =
    door === undefined
      ? env
      : commandEnv({ place: door, run: door.id, isPointed: true, isAws: Object.keys(door.env).length === 0, env });
  return { ...place, AWS_REGION: region, AWS_LAMBDA_FUNCTION_NAME: tools.name, ...options.env };
};
