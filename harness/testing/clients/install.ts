import { execFile } from 'node:child_process';
import { access, copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { messageOf } from '../../lib/error.ts';

const exec = promisify(execFile);
const programs = resolve(import.meta.dirname, 'programs');
export const cache = resolve('.cache', 'clients');
const installMs = 600_000;
/** A file that users copy from the package. */
const lines = resolve('adapters', 'java', 'OrderLines.java');
/** Flags of the JVM: little load on a shared machine, and warnings only. */
const quiet = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn'];

/** The command of a client; undefined if it could not be installed. */
type Command = (...args: readonly string[]) => readonly string[] | undefined;

/** Commands that start each client, and the versions of its parts. */
export type Clients = {
  readonly python: string | undefined;
  readonly boto: Command;
  readonly reader: Command;
  readonly jsReader: Command;
  readonly lab: Command;
  readonly go: Command;
  readonly js: Command;
  readonly kpl: Command;
  /** An application of the KCL: polling or fan-out, and what its handler does. */
  readonly kcl: Command;
  readonly late: (answer: number, command: readonly string[] | undefined) => readonly string[] | undefined;
  readonly versions: Readonly<Record<string, string>>;
};

export type Tool = 'python' | 'go' | 'kpl' | 'kcl';
export type Installed = {
  readonly clients: Clients;
  /** Why clients are missing, one sentence each. */
  readonly failures: readonly string[];
};

/**
 * Installs missing clients from PyPI, the Go proxy and Maven. Failures are reported, and the rows of such clients are
 * red.
 */
export const installClients = async (needed: ReadonlySet<Tool>): Promise<Installed> => {
  await mkdir(cache, { recursive: true });
  const failures: string[] = [];
  const attempt = async (tool: Tool, install: () => Promise<string>): Promise<string | undefined> => {
    if (!needed.has(tool)) return undefined;
    try {
      return await install();
    } catch (thrown) {
      failures.push(`${tool} could not be installed: ${messageOf(thrown)}`);
      return undefined;
    }
  };
  const python = await attempt('python', installBoto);
  const go = await attempt('go', installGo);
  const kpl = await attempt('kpl', () => installJava('kpl', [join('src', 'main', 'java', 'example', 'Kpl.java')]));
  const kcl = await attempt('kcl', async () => {
    await installDynalite();
    return installJava('kcl', ['Kcl.java', lines]);
  });
  return {
    clients: { ...commandsOf({ python, go, kpl, kcl }), versions: await versionsOf({ python, go, kpl, kcl }) },
    failures,
  };
};

type Places = Readonly<Record<Tool, string | undefined>>;

export const commandsOf = ({ python, go, kpl, kcl }: Places): Omit<Clients, 'versions'> => {
  const start =
    (place: string | undefined, ...first: readonly string[]): Command =>
    (...args) =>
      place === undefined ? undefined : [...first, ...args];
  const node = process.execPath;
  return {
    python,
    boto: start(python, python ?? '', join(programs, 'boto.py')),
    reader: start(python, python ?? '', '-u', join(programs, 'reader.py')),
    jsReader: start(node, node, '--import', 'tsx', join(programs, 'reader.mjs')),
    lab: start(python, python ?? '', '-u'),
    go: start(go, go ?? ''),
    js: start(node, node, join(programs, 'js.mjs')),
    kpl: start(kpl, 'java', '-cp', kpl ?? '', 'example.Kpl', '{host}', '{tls}'),
    kcl: start(kcl, 'java', ...quiet, '-cp', kcl ?? '', 'Kcl'),
    late: (answer, command) =>
      command === undefined ? undefined : [node, join(programs, 'late-answer.mjs'), String(answer), ...command],
  };
};

const versionsOf = async ({ python, go, kpl, kcl }: Places): Promise<Readonly<Record<string, string>>> => {
  const sdk = JSON.parse(await readFile('node_modules/@aws-sdk/client-kinesis/package.json', 'utf8')) as {
    readonly version: string;
  };
  return {
    ...(python === undefined
      ? {}
      : {
          python: (await said(python, '--version')).replace('Python ', ''),
          boto3: await said(python, '-c', 'import boto3; print(boto3.__version__)'),
        }),
    ...(go === undefined
      ? {}
      : { go: await said('go', 'env', 'GOVERSION'), 'aws-sdk-go-v2/service/kinesis': await goModule() }),
    '@aws-sdk/client-kinesis': sdk.version,
    node: process.version,
    ...(kpl === undefined ? {} : { 'amazon-kinesis-producer': await javaVersion('kpl', 'producer') }),
    ...(kcl === undefined ? {} : { 'amazon-kinesis-client': await javaVersion('kcl', 'client') }),
  };
};

const said = async (command: string, ...args: readonly string[]): Promise<string> =>
  (await exec(command, [...args])).stdout.trim();

const goModule = async (): Promise<string> =>
  /service\/kinesis (v\S+)/.exec(await readFile(join(programs, 'go', 'go.mod'), 'utf8'))?.[1] ?? 'unknown';
const javaVersion = async (program: string, library: string): Promise<string> =>
  new RegExp(`<artifactId>amazon-kinesis-${library}</artifactId>\\s*<version>([^<]+)`).exec(
    await readFile(join(programs, program, 'pom.xml'), 'utf8'),
  )?.[1] ?? 'unknown';

/** Installs once for the same input, and keeps the input in a file beside what was installed. */
const once = async (folder: string, input: string, install: () => Promise<void>): Promise<void> => {
  const mark = join(folder, 'installed.txt');
  if ((await readFile(mark, 'utf8').catch(() => '')) === input) return;
  await mkdir(folder, { recursive: true });
  await install();
  await writeFile(mark, input);
};

/** What to install for a program that must be on the machine before. */
const comesFrom: Readonly<Record<string, string>> = {
  mvn: 'Maven',
  javac: 'a JDK of at least version 17',
  go: 'Go',
  python3: 'Python 3',
};

type Failed = { readonly code?: unknown; readonly killed?: boolean; readonly stderr?: string };

const run = async (command: string, args: readonly string[], cwd?: string): Promise<void> => {
  const short = `${command} ${args.slice(0, 3).join(' ')} …`;
  process.stdout.write(`installing: ${short}\n`);
  try {
    await exec(command, [...args], { timeout: installMs, ...(cwd === undefined ? {} : { cwd }) });
  } catch (thrown) {
    const { code, killed, stderr } = thrown as Failed;
    const said = (stderr === undefined || stderr === '' ? messageOf(thrown) : stderr).trim().slice(-1500);
    const why =
      code === 'ENOENT'
        ? `there is no ${command} on this machine: install ${comesFrom[command] ?? command}`
        : `${short} ${killed === true ? `did not end within ${installMs} ms` : 'failed'}: ${said}`;
    throw new Error(why, { cause: thrown });
  }
};

const installBoto = async (): Promise<string> => {
  const folder = join(cache, 'python');
  const requirements = join(programs, 'requirements.txt');
  const python = join(folder, 'bin', 'python');
  await once(folder, await readFile(requirements, 'utf8'), async () => {
    await run('python3', ['-m', 'venv', folder]);
    await run(python, ['-m', 'pip', 'install', '--quiet', '--requirement', requirements]);
  });
  return python;
};

const installGo = async (): Promise<string> => {
  const folder = join(cache, 'go');
  const source = join(programs, 'go');
  const binary = join(folder, 'client');
  const inputs = await Promise.all(['go.mod', 'go.sum', 'main.go'].map((name) => readFile(join(source, name), 'utf8')));
  await once(folder, inputs.join('\n'), () => run('go', ['build', '-o', binary, '.'], source));
  return binary;
};

/** The DynamoDB of the KCL's leases. */
export const dynaliteFolder = join(cache, 'dynalite');

const installDynalite = async (): Promise<void> => {
  const needed = join(programs, 'dynalite', 'package.json');
  await once(dynaliteFolder, await readFile(needed, 'utf8'), async () => {
    await copyFile(needed, join(dynaliteFolder, 'package.json'));
    await run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--prefix', dynaliteFolder]);
  });
};

/** Installs a Java program and returns its class path. */
const installJava = async (program: string, sources: readonly string[]): Promise<string> => {
  const folder = join(cache, program);
  const pom = join(programs, program, 'pom.xml');
  const [libraries, classes] = [join(folder, 'lib'), join(folder, 'classes')];
  const files = sources.map((name) => resolve(programs, program, name));
  const path = [classes, join(libraries, '*')].join(delimiter);
  const inputs = await Promise.all([pom, ...files].map((name) => readFile(name, 'utf8')));
  await once(folder, inputs.join('\n'), async () => {
    await run('mvn', ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${libraries}`]);
    await access(libraries);
    await run('javac', ['-cp', path, '-d', classes, ...files]);
  });
  return path;
};
