import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { XMLParser } from 'fast-xml-parser';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Verdict } from '../model/verdict.ts';

/**
 * A signal means 130, in every verb and from the first line of `main.ts` on, and reports that were asked for say so.
 */
let cwd = '';
/** Takes calls and answers none: an engine that is slow to attach to. */
let slow: Server;
let endpoint = '';
const askedFor = new Set<string>();
const attached = (verb: string): Promise<boolean> =>
  vi.waitUntil(() => askedFor.has(verb), { timeout: 20_000, interval: 10 });
const children = new Set<ChildProcess>();
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'kinesis-order-signals-'));
  slow = createServer((request) => void askedFor.add(request.url?.split('/')[1] ?? '')).listen(0, '127.0.0.1');
  await once(slow, 'listening');
  endpoint = `http://127.0.0.1:${(slow.address() as AddressInfo).port}`;
  const scenario = { name: 'small', why: 'a test', producers: [{ type: 'putRecord' }] };
  await writeFile(join(cwd, 'two.scenario.json'), JSON.stringify([scenario, { ...scenario, name: 'other' }]));
});
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  slow.closeAllConnections();
  slow.close();
  await rm(cwd, { recursive: true, force: true });
});

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const tsx = fileURLToPath(import.meta.resolve('tsx'));
type Started = { readonly child: ChildProcess; readonly ended: Promise<number | null>; readonly words: () => string };

const start = (args: readonly string[], imports: readonly string[] = []): Started => {
  const options = [tsx, ...imports].flatMap((module) => ['--import', module]);
  const env = {
    ...process.env,
    TMPDIR: cwd,
    NO_COLOR: '1',
    AWS_ENDPOINT_URL: undefined,
    AWS_ENDPOINT_URL_KINESIS: undefined,
  };
  const child = spawn(process.execPath, [...options, main, ...args], { cwd, env });
  children.add(child);
  let words = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (words += chunk.toString()));
  return { child, words: () => words, ended: once(child, 'close').then(([code]) => code as number | null) };
};

test.concurrent('SIGINT while a run attaches to a slow endpoint: 130 at once, and reports that are no pass', async () => {
  const junit = join(cwd, 'junit.xml');
  const reporters = ['--reporter', 'terminal', '--reporter', `junit=${junit}`, '--reporter', 'json=verdict.json'];
  const { child, ended, words } = start(['run', 'two.scenario.json', '--endpoint', `${endpoint}/run`, ...reporters]);
  await attached('run');
  child.kill('SIGINT');
  expect(await soon(ended)).toBe(130);
  expect(words()).toContain('! nothing was judged; 2 not finished: interrupted before it began');
  const { testsuites } = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' }).parse(
    await readFile(junit, 'utf8'),
  ) as { testsuites: { testsuite: { errors: string; testcase: { error?: { type: string } }[] } } };
  expect(testsuites.testsuite.errors).toBe('2');
  expect(testsuites.testsuite.testcase.map(({ error }) => error?.type)).toEqual(['interrupted', 'interrupted']);
  const verdict = JSON.parse(await readFile(join(cwd, 'verdict.json'), 'utf8')) as Verdict;
  expect(verdict).toMatchObject({
    verdict: 'unknown',
    histories: [],
    unjudged: [{ path: 'small' }, { path: 'other' }],
  });
  const latest = await readFile(join(cwd, 'reports', 'latest', 'verdict.json'), 'utf8');
  expect(JSON.parse(latest)).toMatchObject({ verdict: 'unknown' });
});

/** What could be waited for (an answer, ten seconds of tearing down) takes longer. */
const soon = (ended: Promise<number | null>): Promise<number | null> =>
  Promise.race([ended, new Promise<null>((resolve) => setTimeout(() => resolve(null), 8_000).unref())]);

/** Sends the signal as soon as somebody listens, which is before anything else of the program is loaded. */
const atOnce = (signal: string): string => {
  const code = `const t = setInterval(() => {
    if (process.listenerCount(${JSON.stringify(signal)}) === 0) return;
    clearInterval(t);
    process.kill(process.pid, ${JSON.stringify(signal)});
  }, 1);
  t.unref();`;
  return `data:text/javascript,${encodeURIComponent(code)}`;
};

test.concurrent.each([
  ['SIGINT', ['list', 'checks']],
  ['SIGTERM', ['template', 'two.scenario.json']],
  ['SIGHUP', ['doctor']],
  ['SIGQUIT', ['conformance', '--list']],
])('%s at the start of %j: 130', async (signal, args) => {
  expect(await soon(start(args, [atOnce(signal)]).ended)).toBe(130);
});

test.concurrent.each([
  ['SIGTERM', 'clean', ['--yes']],
  ['SIGHUP', 'conformance', ['--only', 'latest']],
] as const)('%s while %s attaches to a slow endpoint: 130 at once', async (signal, verb, flags) => {
  const { child, ended, words } = start([verb, ...flags, '--endpoint', `${endpoint}/${verb}`]);
  await attached(verb);
  child.kill(signal);
  expect(await soon(ended)).toBe(130);
  expect(words()).toContain('interrupted');
});

test.concurrent('SIGQUIT while check reads standard input: 130, and JSON that is no pass', async () => {
  const { child, ended, words } = start(['check', '-', '--reporter', 'json']);
  child.stdin?.write('{"type":"head"');
  const isReading = async (): Promise<boolean> => (await readdir(cwd)).some((name) => name.includes('-stdin-'));
  await vi.waitUntil(isReading, { timeout: 20_000, interval: 20 });
  child.kill('SIGQUIT');
  expect(await soon(ended)).toBe(130);
  expect(words()).toContain('"verdict": "unknown"');
});

test('the program listens before it loads anything else', async () => {
  const importsOf = async (path: string): Promise<readonly (string | undefined)[]> => {
    const text = await readFile(new URL(path, import.meta.url), 'utf8');
    return [...text.matchAll(/^import [^'(]*'([^']+)'/gm)].map(([, name]) => name);
  };
  expect(await importsOf('../main.ts')).toEqual(['./cli/interrupt.ts']);
  expect(await importsOf('./interrupt.ts')).toEqual(['node:fs', '../lib/error.ts']);
  expect(await importsOf('../lib/error.ts')).toEqual([]);
});
