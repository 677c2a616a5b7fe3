import { execFile } from 'node:child_process';
import { access, mkdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { messageOf } from '../../lib/error.ts';

const exec = promisify(execFile);
export const programs = resolve(import.meta.dirname, 'programs');
export const cache = resolve('.cache', 'clients');
const installMs = 600_000;
/** What users copy out of the package. */
const lines = resolve('adapters', 'java', 'OrderLines.java');
/** Little work for a machine that others use, and warnings only. */
const quiet = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn'];

/** Commands that start each client, and what it is made of. */
export type Clients = {
  readonly python: string;
  readonly boto: (...args: readonly string[]) => readonly string[];
  readonly reader: (...args: readonly string[]) => readonly string[];
  readonly jsReader: (...args: readonly string[]) => readonly string[];
  readonly lab: (file: string) => readonly string[];
  readonly go: (...args: readonly string[]) => readonly string[];
  readonly js: (...args: readonly string[]) => readonly string[];
  readonly kpl: ((...args: readonly string[]) => readonly string[]) | undefined;
  /** An application of the KCL: polling or fan-out, and what its handler does. */
  readonly kcl: ((...args: readonly string[]) => readonly string[]) | undefined;
  readonly late: (answer: number, command: readonly string[]) => readonly string[];
  readonly versions: Readonly<Record<string, string>>;
};

/** Installs what is not there yet, from PyPI, the Go proxy, Maven and npm. Without `withJava` no Java is needed. */
export const installClients = async (withJava: boolean): Promise<Clients> => {
  await mkdir(cache, { recursive: true });
  const [python, go] = [await installBoto(), await installGo()];
  const kpl = withJava ? await installJava('kpl', [join('src', 'main', 'java', 'example', 'Kpl.java')]) : undefined;
  const kcl = withJava ? await installJava('kcl', ['Kcl.java', lines]) : undefined;
  const js = join(programs, 'js.mjs');
  const sdk = JSON.parse(await readFile('node_modules/@aws-sdk/client-kinesis/package.json', 'utf8')) as {
    readonly version: string;
  };
  return {
    python,
    boto: (...args) => [python, join(programs, 'boto.py'), ...args],
    reader: (...args) => [python, '-u', join(programs, 'reader.py'), ...args],
    jsReader: (...args) => [process.execPath, '--import', 'tsx', join(programs, 'reader.mjs'), ...args],
    lab: (file) => [python, '-u', file],
    go: (...args) => [go, ...args],
    js: (...args) => [process.execPath, js, ...args],
    kpl: kpl === undefined ? undefined : (...args) => ['java', '-cp', kpl, 'example.Kpl', '{host}', '{tls}', ...args],
    kcl: kcl === undefined ? undefined : (...args) => ['java', ...quiet, '-cp', kcl, 'Kcl', ...args],
    late: (answer, command) => [process.execPath, join(programs, 'late-answer.mjs'), String(answer), ...command],
    versions: {
      python: await said(python, '--version'),
      boto3: await said(python, '-c', 'import boto3; print(boto3.__version__)'),
      go: await said('go', 'env', 'GOVERSION'),
      'aws-sdk-go-v2/service/kinesis': await goModule(),
      '@aws-sdk/client-kinesis': sdk.version,
      node: process.version,
      ...(kpl === undefined ? {} : { 'amazon-kinesis-producer': await javaVersion('kpl', 'producer') }),
      ...(kcl === undefined ? {} : { 'amazon-kinesis-client': await javaVersion('kcl', 'client') }),
    },
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

/** Done once for the same input: a mark of it lies beside what was installed. */
export const once = async (folder: string, input: string, install: () => Promise<void>): Promise<void> => {
  const mark = join(folder, 'installed.txt');
  if ((await readFile(mark, 'utf8').catch(() => '')) === input) return;
  await mkdir(folder, { recursive: true });
  await install();
  await writeFile(mark, input);
};

export const run = async (command: string, args: readonly string[], cwd?: string): Promise<void> => {
  process.stdout.write(`installing: ${command} ${args.slice(0, 3).join(' ')} …\n`);
  try {
    await exec(command, [...args], { timeout: installMs, ...(cwd === undefined ? {} : { cwd }) });
  } catch (thrown) {
    throw new Error(`${command} ${args.join(' ')} failed: ${messageOf(thrown).slice(-2000)}`, { cause: thrown });
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

/** A class path. */
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
