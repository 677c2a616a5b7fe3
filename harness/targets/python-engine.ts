import { createKinesis } from '../kinesis/create-kinesis.ts';
import type { ClientOptions } from '../kinesis/kinesis.ts';
import { HarnessError } from '../lib/error.ts';
import { print } from '../lib/print.ts';
import { assertLoaded } from './attach.ts';
import { awaitReady } from './await-ready.ts';
import { type ChildEngine, startChild } from './child-engine.ts';
import { deviationsOf } from './deviations.ts';
import { freePort } from './free-port.ts';
import { identify } from './identify.ts';
import { installPython } from './install.ts';
import { type PythonTool, pinned } from './install-lock.ts';
import { probe } from './probe.ts';
import type { RunningTarget, TargetOptions } from './target.ts';
import { emulatorRegion } from './target-options.ts';
import { workersOf } from './workers.ts';

export type PythonEngine = {
  readonly tool: Exclude<PythonTool, 'cfn-lint'>;
  readonly args: (port: number) => readonly string[];
  readonly env: (port: number, folder: string) => Readonly<Record<string, string>>;
};

const startDeadlineMs = 180_000;
const portTries = 3;
const takenWords = /address already in use|EADDRINUSE|Errno 98/i;

/**
 * Starts an engine from PyPI: installs it if it is missing, starts it on a free port as a child that ends with this
 * process, and identifies it by its own answer.
 */
export const startPythonEngine = async (engine: PythonEngine, options: TargetOptions): Promise<RunningTarget> => {
  const { tool } = engine;
  if (options.engineVersion !== undefined && options.engineVersion !== pinned[tool])
    throw new HarnessError('usage', `--engine-version: there is no lock file for ${tool} ${options.engineVersion}`, {
      hint: `${pinned[tool]} can be started; attach to any other with --endpoint`,
    });
  const python = await installPython(tool, {
    cacheFolder: options.cacheFolder,
    onInstall: (what) => print.err(`${what}\n`),
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOn(engine, python, await freePort(), options);
    } catch (thrown) {
      const isTaken = thrown instanceof HarnessError && takenWords.test(thrown.message);
      if (!isTaken || attempt === portTries) throw thrown;
    }
  }
};

const startOn = async (
  { tool, args, env }: PythonEngine,
  python: string,
  port: number,
  options: TargetOptions,
): Promise<RunningTarget> => {
  const version = pinned[tool];
  const name = `${tool} ${version}`;
  const child = startChild({ name, command: python, args: args(port), env: env(port, options.cacheFolder) });
  const endpoint = `http://127.0.0.1:${port}`;
  const client = {
    endpoint,
    region: emulatorRegion(options.region),
    credentials: options.credentials ?? { accessKeyId: 'test', secretAccessKey: 'test' },
    requestTimeoutMs: 30_000,
  };
  try {
    await awaitReady(
      { name, child, deadlineMs: startDeadlineMs, ...(options.signal === undefined ? {} : { signal: options.signal }) },
      () => isOurs(tool, endpoint, child),
    );
    await warmUp(client);
    const probed = await probe(client);
    return {
      name: tool,
      engine: tool,
      version,
      client,
      deviations: deviationsOf(tool, version),
      ...probed,
      workers: workersOf(tool),
      words: child.words,
      stop: child.stop,
      ended: child.exited,
    };
  } catch (thrown) {
    await child.stop();
    throw thrown;
  }
};

/**
 * Makes the first call. Some engines load their Kinesis then, which takes seconds and must not be measured as the
 * engine's speed.
 */
const warmUp = async (client: ClientOptions): Promise<void> => {
  const kinesis = createKinesis({ ...client, requestTimeoutMs: startDeadlineMs });
  try {
    await kinesis.listStreams();
  } finally {
    kinesis.close();
  }
};

const isOurs = async (tool: string, endpoint: string, child: ChildEngine): Promise<boolean> => {
  const { engine, services } = await identify(endpoint);
  if (engine === 'endpoint' || child.exit() !== undefined) return false;
  if (engine !== tool) throw new HarnessError('target', `${engine} answers at ${endpoint}, where ${tool} was started`);
  assertLoaded(tool, services);
  return true;
};
