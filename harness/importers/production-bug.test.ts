import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { main } from '../cli/cli.ts';
import type { Verdict } from '../model/verdict.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const block = /(?:<!-- exit: (\d+) -->\n\n)?```sh\nnpx kinesis-order (.+)\n```/g;
const commands = [...(await readFile(join(root, 'docs/production-bug.md'), 'utf8')).matchAll(block)].map(
  ([, exit = '0', line = '']) => ({ exit: Number(exit), line }),
);

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinesis-order-bug-'));
  await cp(join(root, 'examples/production-bug'), folder, { recursive: true });
  process.chdir(folder);
});
afterAll(async () => {
  process.chdir(root);
  await rm(folder, { recursive: true, force: true });
});

/** As the command line does it, in this process: each start of one takes a second. */
const run = async (line: string): Promise<{ readonly status: number; readonly words: string }> => {
  const words: string[] = [];
  const take = (text: string | Uint8Array): boolean => words.push(String(text)) > 0;
  const spies = [process.stdout, process.stderr].map((stream) => vi.spyOn(stream, 'write').mockImplementation(take));
  try {
    return { status: await main(line.split(' ')), words: words.join('') };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
};

test('docs/production-bug.md has at least nine commands', () => expect(commands.length).toBeGreaterThanOrEqual(9));

test('every command in docs/production-bug.md prints what the page shows', async () => {
  const said: { readonly line: string; readonly status: number; readonly words: string }[] = [];
  for (const { line } of commands) said.push({ line, ...(await run(line)) });
  expect(said.map(({ line, status }) => `${line}: ${status}`)).toEqual(
    commands.map(({ line, exit }) => `${line}: ${exit}`),
  );
  expect(said[0]?.words).toContain(
    'kinesis-order import jsonl consumer.log --map seq=.sequenceNumber,shard=.shardId,key=.partitionKey,n=.payload.seq --out h.ndjson',
  );
  expect(said[2]?.words).toContain('order NOT kept: 1 inversion in 1 key');
});

test('terminal, JSON, show and the page name lines of the dump itself', async () => {
  await run('import jsonl consumer.log --out h.ndjson');
  const { words: json } = await run('check h.ndjson --reporter json');
  const [finding] =
    (JSON.parse(json.slice(json.indexOf('{'), json.lastIndexOf('}') + 1)) as Verdict).histories[0]?.findings ?? [];
  const dump = (await readFile('consumer.log', 'utf8')).split('\n');
  const [late, other] = finding?.own ?? [];
  expect([late, other].map((place) => dump[(place?.line ?? 0) - 1]?.includes(place?.seq ?? '-'))).toEqual([true, true]);
  const line = `line ${late?.line} of consumer.log`;
  const { words: terminal } = await run('check h.ndjson');
  expect(terminal).toContain(`#${late?.n} stands in ${line}`);
  // Nobody knows how the records were written.
  expect(terminal).not.toContain('promised: ');
  expect((await run(`show h.ndjson --key ${finding?.key}`)).words).toMatch(new RegExp(`#${late?.n}.*; ${line}`));
  await run('check h.ndjson --reporter html=page.html');
  expect(await readFile('page.html', 'utf8')).toContain(line);
});

test('a history is not written to standard output, and no file is called -', async () => {
  expect(await run('import jsonl consumer.log --out -')).toMatchObject({
    status: 2,
    words: expect.stringContaining('a history is a file'),
  });
});

test('an import warns where a log of puts is read as that of a consumer', async () => {
  expect((await run('import log puts.log --out puts.ndjson')).words).toContain('look like a log of puts');
  expect((await run('import log reads.log --out reads.ndjson')).words).not.toContain('look like a log of puts');
  await run('import jsonl reads.jsonl --puts log:puts.log --out both.ndjson');
  const { words } = await run('check both.ndjson');
  expect(words.replaceAll(/\s+/g, ' ')).toContain('whether their puts overlapped is not known');
});

test('the map of a dump counts the records that were read', async () => {
  await run('import jsonl consumer.log --out h.ndjson');
  await run('check h.ndjson --reporter html=page.html');
  expect(await readFile('page.html', 'utf8')).toMatch(/"records":200,/);
});
