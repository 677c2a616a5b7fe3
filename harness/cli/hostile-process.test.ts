import { execFileSync, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer as createNetServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kinesalite } from '../targets/kinesalite.ts';
import type { RunningTarget } from '../targets/target.ts';
import { inOrder } from '../testing/generators/two-records.ts';
import { cannedEngine } from '../testing/stand-ins/canned-engine.ts';

/** The process and what is around it: streams that take nothing, addresses with secrets, engines that say anything. */
const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const tsx = fileURLToPath(import.meta.resolve('tsx'));
let cwd = '';
let engine: RunningTarget;
const servers: Server[] = [];
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'hostile-process-'));
  const small = {
    name: 'small',
    why: 'a test',
    workload: { keys: 2, recordsPerKey: 5 },
    producers: [{ type: 'putRecord' }],
  };
  await writeFile(join(cwd, 'small.scenario.json'), JSON.stringify(small));
  const faults = [{ type: 'fail-call', call: 2, code: 'InternalFailure' }];
  await writeFile(join(cwd, 'faulty.scenario.json'), JSON.stringify({ ...small, name: 'faulty', faults }));
  const lines = inOrder()
    .end()
    .lines.map((line) => JSON.stringify(line));
  await writeFile(join(cwd, 'good.ndjson'), `${lines.join('\n')}\n`);
  engine = await kinesalite.start({ cacheFolder: '/nowhere' });
});
afterAll(async () => {
  for (const server of servers) server.close();
  await engine.stop();
  await rm(cwd, { recursive: true, force: true });
});

type Ended = { readonly code: number | null; readonly out: string; readonly err: string };
const cli = (args: readonly string[], redirect = ''): Promise<Ended> =>
  new Promise((resolve) => {
    const env = { ...process.env, NO_COLOR: '1', AWS_ENDPOINT_URL: undefined, AWS_ENDPOINT_URL_KINESIS: undefined };
    const words = [process.execPath, '--import', tsx, main, ...args];
    const child = spawn('bash', ['-c', `"$0" "$@" ${redirect}`, ...words], { cwd, env });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.on('close', (code) => resolve({ code, out, err }));
  });

/** The engine at another address. */
const passedOn = async (server: Server, host: string): Promise<number> => {
  servers.push(server);
  await new Promise<void>((done) => void server.listen(0, host, done));
  return (server.address() as AddressInfo).port;
};
const toEngine = (socket: Socket): void => {
  const upstream = connect(Number(new URL(engine.client.endpoint ?? '').port), '127.0.0.1');
  for (const one of [socket, upstream]) one.on('error', () => (socket.destroy(), upstream.destroy()));
  socket.pipe(upstream).pipe(socket);
};

test.each([[['check', 'good.ndjson']], [['check', 'good.ndjson', '--reporter', 'json']], [['list', 'checks']]])(
  '%j to a full disk: 3, in words',
  async (args) => {
    const { code, err } = await cli(args, '>/dev/full');
    expect(code).toBe(3);
    expect(err).toContain('cannot write to standard output: ENOSPC');
    expect(err).not.toMatch(/^ +at /m);
  },
);

test('a report whose reader has gone is not taken for a verdict', async () => {
  const { code, err } = await cli(['check', 'good.ndjson', '--reporter', 'json'], '> >(exec <&-; sleep 5)');
  expect({ code, err }).toMatchObject({ code: 3, err: expect.stringContaining('its reader has gone') as string });
});

test('a password in an address is told nowhere', async () => {
  const secret = engine.client.endpoint?.replace('://', '://me:hunter2@') ?? '';
  const ran = await cli(['run', 'small.scenario.json', '--endpoint', secret, '--out', 'secret', '--reporter', 'junit']);
  expect(ran.code).toBe(0);
  const [run = ''] = (await readdir(join(cwd, 'secret'))).filter((name) => name.startsWith('r-'));
  const files = (await readdir(join(cwd, 'secret', run))).map((name) =>
    readFile(join(cwd, 'secret', run, name), 'utf8'),
  );
  const dead = await cli([
    'run',
    'small.scenario.json',
    '--endpoint',
    'http://me:hunter2@127.0.0.1:1',
    '--out',
    'dead',
  ]);
  expect(dead.code).toBe(3);
  const wrong = await cli(['run', 'small.scenario.json', '--endpoint', 'ftp://me:hunter2@127.0.0.1:1']);
  expect(wrong.code).toBe(2);
  const told = [ran.out, ran.err, dead.out, dead.err, wrong.out, wrong.err, ...(await Promise.all(files))].join('\n');
  expect(told).not.toContain('hunter2');
});

test('what a live engine says is shown on both streams, and acts on neither', async () => {
  const message = 'no\n::error::pwned\r\n##[error]x \u001b]8;;http://x\u0007\u202e\u009b31m';
  const loud = await cannedEngine((response) => {
    response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify({ __type: 'AccessDeniedException', message }));
  });
  const { code, out, err } = await cli([
    'run',
    'small.scenario.json',
    '--endpoint',
    loud.endpoint,
    '--reporter',
    'github',
  ]);
  await loud.close();
  expect(code).toBe(3);
  expect(err).toContain('⟨LF⟩::error::pwned');
  for (const text of [out, err]) {
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Bidi_Control}]/u);
    expect(text).not.toMatch(/^\s*::error::pwned|##\[/m);
  }
});

test('an engine on IPv6, with a fault', async () => {
  const port = await passedOn(createNetServer(toEngine), '::1');
  const { code, out } = await cli([
    'run',
    'faulty.scenario.json',
    '--endpoint',
    `http://[::1]:${port}`,
    '--out',
    'six',
  ]);
  expect(out).toMatch(/1 of unknown outcome|9 acknowledged/);
  expect(code).toBe(0);
});

test('a certificate that nobody knows: NODE_EXTRA_CA_CERTS is named', async () => {
  const [key, cert] = [join(cwd, 'key.pem'), join(cwd, 'cert.pem')];
  const request = [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-subj',
    '/CN=localhost',
    '-keyout',
    key,
    '-out',
    cert,
  ];
  execFileSync('openssl', request, { stdio: 'ignore' });
  const [keyText, certText] = [await readFile(key), await readFile(cert)];
  const port = await passedOn(createTlsServer({ key: keyText, cert: certText }, toEngine), '127.0.0.1');
  const { code, err } = await cli(['run', 'small.scenario.json', '--endpoint', `https://127.0.0.1:${port}`]);
  expect(code).toBe(3);
  expect(err).toContain('NODE_EXTRA_CA_CERTS');
});
