import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decodeLine } from '../../../history/decode.ts';
import { lineSchema } from '../../../history/schema.ts';
import { checkHistory } from '../../../judging/check-history.ts';
import { HarnessError } from '../../../lib/error.ts';
import { type AnomalyId, anomalyIds } from '../../../model/anomaly.ts';
import type { HistoryVerdict } from '../../../model/verdict.ts';
import { judgeBytes } from '../../oracles/judge-bytes.ts';
import {
  before,
  type Expected,
  end,
  final,
  head,
  info,
  instead,
  ok,
  page,
  pageExamples,
  put,
  read,
  reordered,
  type Said,
  sound,
  text,
  topology,
  whole,
} from './verdict-cases.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinesis-order-contract-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const fileOf = async (content: string | Buffer, name = 'history.ndjson'): Promise<string> => {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
};

const lineNamed = (words: string): string => /^line \d+/.exec(words)?.[0] ?? words;

const wordOf = async (file: string): Promise<string> => {
  try {
    return (await checkHistory(file)).verdict;
  } catch (thrown) {
    expect(thrown).toBeInstanceOf(HarnessError);
    expect((thrown as HarnessError).code).toBe('usage');
    expect((thrown as HarnessError).hint).toBeTruthy();
    return lineNamed((thrown as HarnessError).message);
  }
};

const longest = '9'.repeat(129);
const two = (first: string, second: string): string =>
  text([
    head(),
    put(1, 0),
    ok(1, first),
    put(2, 1),
    ok(2, second),
    final,
    page([read(first, 0), read(second, 1)]),
    end,
  ]);

const expecting = (expect: object): string => `,"scenario":{"expect":${JSON.stringify(expect)}}`;

const files: readonly (readonly [sentence: string, content: string | Buffer, expected: Expected])[] = [
  ['one event a line', text(sound), 'holds'],
  ['a last line without its newline is a line', sound.join('\n'), 'holds'],
  ['a last line cut short by a crash is tolerated: incomplete', text(sound).slice(0, -8), 'unknown'],
  ['a last line cut to its first byte', `${text(sound.slice(0, -1))}{`, 'unknown'],
  ['what was cut short is incomplete, also behind its end', `${text(sound)}{"t":99,"ty`, 'unknown'],
  ['a line that was ended and is broken is no cut one', `${text(sound).slice(0, -8)}\n`, 'line 8'],
  ['any other broken line cannot be judged', instead(4, '{"t":20,"type":"put"'), 'line 4'],
  ['a line that is no object', instead(4, '[]'), 'line 4'],
  ['a line that is null', instead(4, 'null'), 'line 4'],
  ['the head is written whole: a cut one is no crash', head().slice(0, 30), 'line 1'],
  ['an empty file', '', 'line 1'],
  ['nothing but empty lines', '\n\n', 'line 1'],
  ['only a head', `${head()}\n`, 'unknown'],
  ['a cut .gz is tolerated', gzipSync(text(sound)).subarray(0, -12), 'unknown'],
  ['a .gz cut behind all that it holds is incomplete', gzipSync(text(sound)).subarray(0, -3), 'unknown'],
  ['a .gz cut in its own head holds nothing', gzipSync(text(sound)).subarray(0, 5), 'line 1'],
  ['a .gz of nothing', gzipSync(''), 'line 1'],
  ['a .gz, told by its bytes', gzipSync(text(sound)), 'holds'],
  [
    'a .gz that was appended to',
    Buffer.concat([gzipSync(text(sound.slice(0, 3))), gzipSync(text(sound.slice(3)))]),
    'holds',
  ],
  ['a higher version', instead(1, head().replace('"version":1', '"version":2')), 'line 1'],
  ['a version of another type', instead(1, head().replace('"version":1', '"version":"1"')), 'line 1'],
  ['no version', instead(1, head().replace('"version":1,', '')), 'line 1'],
  ['no run', instead(1, head().replace(',"run":"r"', '')), 'line 1'],
  ['another format', instead(1, head().replace('order-history', 'other')), 'line 1'],
  ['a second head', before(5, head()), 'line 5'],
  ['the head is the first line', text(sound.slice(1)), 'line 1'],
  ['an ack for an op never sent', instead(5, ok(3, '2', 25)), 'line 5'],
  ['a put stands before its ack', before(2, ok(1, '1', 5)), 'line 2'],
  ['an ack for an op already answered', before(6, ok(2, '2', 26)), 'line 6'],
  ['an op sent twice', before(6, put(2, 2, '', 27)), 'line 6'],
  ['more results than entries', instead(5, ok(2, '2').replace('}]', '},{"error":"x"}]')), 'line 5'],
  ['fewer results than entries', instead(5, '{"t":25,"type":"ack","op":2,"outcome":"ok","results":[]}'), 'line 5'],
  ['ok without results', instead(5, '{"t":25,"type":"ack","op":2,"outcome":"ok"}'), 'line 5'],
  ['t that falls', instead(4, put(2, 1, '', 5)), 'line 4'],
  ['t that falls in a note', before(6, '{"t":3,"type":"note","text":"x"}'), 'line 6'],
  ['t that stands still', text(sound.map((line) => line.replace(/"t":\d+/, '"t":7'))), 'holds'],
  ['t is an integer', instead(2, put(1, 0, '', 1.5)), 'line 2'],
  ['t in another spelling', instead(2, put(1, 0, '', '1e1')), 'holds'],
  ['t as text', instead(2, put(1, 0, '', '"10"')), 'line 2'],
  ['no t', instead(2, put(1, 0).replace('"t":10,', '')), 'line 2'],
  ['t beyond exact integers', instead(8, end.replace('200', '9007199254740993')), 'line 8'],
  ...['x', '', '-2', '1.5', '1e5', ' 2', '+2', '0x2', '2\n', '٣', 2, null].map(
    (seq) =>
      [`a sequence number that is not a number: ${JSON.stringify(seq)}`, instead(5, ok(2, seq)), 'line 5'] as const,
  ),
  ['a record read without a number', instead(7, page([{ key: 'a', n: 0 }])), 'line 7'],
  ['up to 129 digits', two('1', longest), 'holds'],
  ['more than 129 digits', two('1', `${longest}9`), 'line 5'],
  ['compared by length without leading zeros', two('9', '010'), 'holds'],
  ['compared by length, then by text', two('9'.repeat(120), `1${'0'.repeat(120)}`), 'holds'],
  [
    'two spellings of one number are one number',
    text([head(), put(1, 0), ok(1, '0001'), put(2, 1), ok(2, '02'), final, page([read('1', 0), read('002', 1)]), end]),
    'holds',
  ],
  ['a hash key that is not a number', instead(2, put(1, 0, ',"hash":"z"')), 'line 2'],
  ['a hash key of 129 digits', instead(2, put(1, 0, `,"hash":"${'0'.repeat(128)}5"`)), 'holds'],
  ['an after that is not a number', instead(4, put(2, 1, ',"after":"z"')), 'line 4'],
  ['a range that is not of numbers', before(2, topology('"range":["0","z"],"parents":[]')), 'line 2'],
  ['an ending that is not a number', before(2, topology(`${whole},"seq":["0","z"]`)), 'line 2'],
  ['a topology without numbers', before(2, topology(whole)), 'holds'],
  ['unknown event types are ignored', before(4, '{"t":15,"type":"wonder","of":[{}]}'), 'holds'],
  ['unknown event types are ignored, whatever they hold', before(4, '{"type":"wonder"}'), 'holds'],
  ['unknown fields are ignored', text(sound.map((line) => line.replace(/}$/, ',"zz":{"a":[1,{"b":null}]}}'))), 'holds'],
  ['a field that is null is absent', instead(4, put(2, 1, ',"after":null,"hash":null,"part":null')), 'holds'],
  [
    'a page whose error is null did not fail',
    instead(7, page([read('1', 0), read('2', 1)], ',"error":null,"behind":null')),
    'holds',
  ],
  ['no scenario, as null', instead(1, head(',"scenario":null')), 'holds'],
  ['an outcome that nobody knows', instead(5, '{"t":25,"type":"ack","op":2,"outcome":"maybe"}'), 'line 5'],
  ['an api that nobody knows', instead(4, put(2, 1).replace('PutRecord', 'PutThing')), 'line 4'],
  ['a role of a reader that nobody knows', instead(6, final.replace('"final"', '"other"')), 'line 6'],
  ['a line without a type', instead(4, '{"t":20}'), 'line 4'],
  ['a put without op', instead(4, put(2, 1).replace('"op":2,', '')), 'line 4'],
  ['an entry whose key is no text', instead(4, put(2, 1).replace('"key":"a"', '"key":7')), 'line 4'],
  ['a page without shard', instead(7, page([]).replace('"shard":"s",', '')), 'line 7'],
  ['an anomaly that does not exist', instead(1, head(expecting({ forbid: ['weather'] }))), 'line 1'],
  ['an expectation that does not exist', instead(1, head(expecting({ dread: ['duplicate'] }))), 'line 1'],
  ['an op that is no integer', instead(4, put(2, 1).replace('"op":2', '"op":2.5')), 'line 4'],
  ['an op beyond exact integers', instead(4, put(2, 1).replace('"op":2', '"op":9007199254740992')), 'line 4'],
  ['n counts from 0', instead(4, put(2, -1)), 'line 4'],
  ['n is an integer', instead(4, put(2, 1.5)), 'line 4'],
  ['n as text', instead(4, put(2, '"1"')), 'line 4'],
  ['a part that is not among parts', instead(2, put(1, 0, ',"part":0')), 'line 2'],
  ['tolerances in part: the rest defaults', instead(1, head(',"tolerances":{"skewMs":1}')), 'holds'],
  ['a mark of the encoding', Buffer.from(`\ufeff${text(sound)}`), 'holds'],
  ['carriage returns', text(sound, '\r\n'), 'holds'],
  ['empty lines', text(sound, '\n\n'), 'holds'],
  [
    'a field twice: the last one counts',
    instead(5, ok(2, '2').replace('"outcome":"ok"', '"outcome":"info","outcome":"ok"')),
    'holds',
  ],
  ['names of the language', instead(4, put(2, 1).replace('"op"', '"__proto__":{"op":5},"op"')), 'holds'],
  ['an end that is not completed: interrupted', instead(8, end.replace('completed', 'interrupted')), 'unknown'],
  ['an end that is not completed: failed', instead(8, end.replace('"completed"', '"failed","error":"x"')), 'unknown'],
  ['no end: the run died', text(sound.slice(0, -1)), 'unknown'],
];

describe('valid histories are judged, and the error for an invalid one names the line', () => {
  it.each(files)('%s', async (_, content, expected) => {
    expect(await wordOf(await fileOf(content))).toBe(expected);
    expect(await wordOf(await fileOf(content, 'history.ndjson.gz'))).toBe(expected);
    const bytes = Buffer.from(content);
    if (bytes[0] === 0x1f) return;
    for (const isScanned of [true, false]) {
      const judged = judgeBytes(bytes, isScanned, 7);
      expect(typeof judged === 'string' ? lineNamed(judged) : judged.verdict).toBe(expected);
    }
  });

  it('events given as objects are validated like lines', async () => {
    const lines = sound.map((line) => JSON.parse(line) as never);
    expect((await checkHistory(lines)).verdict).toBe('holds');
    await expect(checkHistory([...lines.slice(0, 3), null as never])).rejects.toThrow('line 4');
    await expect(checkHistory(lines.slice(1))).rejects.toThrow('line 1');
    await expect(checkHistory([])).rejects.toThrow('line 1');
  });
});

describe('the example lines of the history format', () => {
  it.each(pageExamples)('%s', async (line) => {
    const decoded = decodeLine(line, 1);
    expect(decoded).toEqual(JSON.parse(line));
    const published = JSON.parse(await readFile('docs/history.schema.json', 'utf8')) as Parameters<
      typeof z.fromJSONSchema
    >[0];
    for (const schema of [lineSchema, z.fromJSONSchema(published)])
      expect(schema.safeParse(decoded).error).toBeUndefined();
  });

  it('together are a valid history', async () => {
    expect((await checkHistory(await fileOf(text(pageExamples)))).complete).toBe(true);
  });
});

const noTopology: readonly AnomalyId[] = [
  'seq-out-of-range',
  'mispartitioned',
  'hash-hole',
  'hash-overlap',
  'open-parent',
  'bad-parentage',
  'lineage-seq-regression',
  'topology-mutation',
];
const always: readonly AnomalyId[] = [...noTopology, 'snfo-broken', 'write-to-closed', 'child-before-parent'];
/** Rule 16: without a subject, and without aggregates. */
const ofSubjects: readonly AnomalyId[] = [
  'subject-loss',
  'subject-reorder',
  'subject-duplicate',
  'checkpoint-ahead',
  'checkpoint-back',
  'two-owners',
  'effect-reorder',
  'effect-duplicate',
  'fetched-not-delivered',
  'subject-discard',
  'subject-claim',
  'stray-sub-record',
  'undeliverable',
];
const needPuts: readonly AnomalyId[] = [
  'ack-mismatch',
  'corruption',
  'phantom',
  'aborted-read',
  'read-from-the-future',
  'response-misalignment',
  'bookmark-broken',
  'lost-write',
  'unseen',
  'recovered',
  'expired-unread',
  'nonmonotonic-send',
  'realtime-append-order',
  'int-nonmonotonic-send',
  'int-send-skip',
  'zombie-append',
];
const order: readonly AnomalyId[] = ['nonmonotonic-send', 'key-reorder'];
const armed = '{"t":0,"type":"fault","fault":"f","phase":"armed","detail":{}}';
const fired = '{"t":12,"type":"fault","fault":"f","phase":"fired","op":1}';
const split = (phase: string): string =>
  `{"t":1,"type":"reshard","id":1,"phase":"${phase}","action":"SplitShard","shards":["x"]}`;
const declared = (ending: string, when: object): string =>
  text([
    head(
      `,"target":{"deviations":[{"id":"d","anomaly":"seq-out-of-range","when":${JSON.stringify(when)},"sentence":"known"}]}`,
    ),
    ...sound.slice(1, -1),
    topology(`${whole},"seq":["10","${ending}"]`).replace('"t":1', '"t":150').replace('ACTIVE', 'UPDATING'),
    end,
  ]);

const guarded: readonly (readonly [sentence: string, content: string, said: Said])[] = [
  ['all holds', text(sound), { verdict: 'holds' }],
  [
    'puts not recorded',
    text([head(',"recorded":["pages"]'), ...sound.slice(5)]),
    { verdict: 'holds', notApplicable: [...always, ...needPuts] },
  ],
  [
    'puts not recorded, and nothing read',
    text([head(',"recorded":["pages"]'), end]),
    { verdict: 'unknown', notApplicable: [...always, ...needPuts] },
  ],
  [
    'nothing acknowledged',
    text([head(), put(1, 0), info(1), ...sound.slice(5)]),
    { verdict: 'violated', violated: ['phantom'], found: ['recovered'] },
  ],
  [
    'nothing acknowledged: all was of unknown outcome',
    text([head(), put(1, 0), info(1), put(2, 1), info(2), ...sound.slice(5)]),
    { verdict: 'unknown', found: ['recovered'] },
  ],
  ['nothing read', text([...sound.slice(0, 5), end]), { verdict: 'unknown', found: ['unseen'] }],
  [
    'a sentinel is never workload: it is not what was acknowledged, or read',
    text([
      head(),
      put(1, 0).replace('"op"', '"role":"sentinel","op"').replace(',"n":0', ''),
      ok(1, '1'),
      final,
      page([{ seq: '1', key: 'a' }]),
      end,
    ]),
    { verdict: 'unknown' },
  ],
  [
    'for claims about order no two comparable records of one key',
    text([head(), put(1, 0), ok(1, '1'), final, page([read('1', 0)]), end]),
    { verdict: 'unknown', unknown: order },
  ],
  [
    'for claims about order no two comparable records of one key, unless ignored',
    text([head(expecting({ ignore: order })), put(1, 0), ok(1, '1'), final, page([read('1', 0)]), end]),
    { verdict: 'holds', notApplicable: [...always, ...order] },
  ],
  [
    'a planned reshard that no key crossed',
    before(2, split('invoke'), split('ok')),
    { verdict: 'unknown', notApplicable: always.filter((id) => id !== 'write-to-closed') },
  ],
  [
    'a planned reshard that was never called',
    instead(1, head(',"scenario":{"reshard":[{}]}')),
    { verdict: 'unknown', notApplicable: always.filter((id) => id !== 'write-to-closed') },
  ],
  ['an armed fault that fired', before(2, armed, fired.replace('12', '1')), { verdict: 'holds' }],
  ['an armed fault that never fired', before(2, armed), { verdict: 'unknown' }],
  [
    'an armed fault that is said never to have fired',
    before(8, armed.replace('"t":0', '"t":150'), '{"t":160,"type":"fault","fault":"f","phase":"never-fired"}'),
    { verdict: 'unknown' },
  ],
  ['two armed faults, one of which fired', before(2, armed, armed, fired.replace('12', '1')), { verdict: 'unknown' }],
  [
    'distribution AUTO: claims about keys',
    instead(1, head(',"stream":{"distribution":"AUTO"}')),
    {
      verdict: 'unknown',
      unknown: ['nonmonotonic-send', 'int-nonmonotonic-send', 'key-reorder', 'zombie-append', 'split-key'],
    },
  ],
  [
    'distribution AUTO: no key leads to a shard, so that none lies astray',
    before(
      2,
      topology(whole).replace(
        '"parents":[]}',
        '"parents":[],"seq":["0",null]},{"shard":"o","range":["0","1"],"parents":[],"seq":["0",null]}',
      ),
    )
      .replace('"run":"r"', '"run":"r","stream":{"distribution":"AUTO"}')
      .replace('"status":"ACTIVE"', '"status":"UPDATING"')
      .replace('{"shard":"s","seq":"2"}', '{"shard":"o","seq":"2"}')
      .replace(
        '[{"seq":"1","key":"a","producer":"p","n":0},{"seq":"2","key":"a","producer":"p","n":1}]',
        '[{"seq":"1","key":"a","producer":"p","n":0}]',
      )
      .replace(
        end,
        `{"t":120,"type":"page","reader":"f","chain":2,"shard":"o","from":{"type":"TRIM_HORIZON"},"records":[${JSON.stringify(read('2', 1))}],"more":true}\n${end}`,
      ),
    {
      verdict: 'unknown',
      unknown: [
        'nonmonotonic-send',
        'int-nonmonotonic-send',
        'key-reorder',
        'zombie-append',
        'mispartitioned',
        'split-key',
      ],
      notApplicable: [
        'open-parent',
        'bad-parentage',
        'lineage-seq-regression',
        'snfo-broken',
        'write-to-closed',
        'child-before-parent',
      ],
    },
  ],
  [
    'a violation already proved stays one, and explains what it explains',
    text(reordered().slice(0, -1)),
    { verdict: 'violated', violated: order, found: ['realtime-append-order'] },
  ],
  [
    'expect.find: it must show up, and does',
    text(reordered(expecting({ find: ['key-reorder'], allow: ['nonmonotonic-send'] }))),
    { verdict: 'holds', found: [...order, 'realtime-append-order'] },
  ],
  [
    'expect.find: it must show up, explained or not',
    text(reordered(expecting({ find: ['realtime-append-order'], allow: order }))),
    { verdict: 'holds', found: [...order, 'realtime-append-order'] },
  ],
  [
    'expect.find: else violated',
    instead(1, head(expecting({ find: ['lost-write'] }))),
    { verdict: 'violated', violated: ['lost-write'] },
  ],
  [
    'expect.find is not yet violated in a run that died',
    text([head(expecting({ find: ['lost-write'] })), ...sound.slice(1, -1)]),
    { verdict: 'unknown' },
  ],
  [
    'expect.allow goes over what is forbidden',
    text(reordered(expecting({ allow: order }))),
    { verdict: 'holds', found: [...order, 'realtime-append-order'] },
  ],
  [
    'expect.forbid goes over what is allowed, and an allowed finding never hides a forbidden one',
    text(reordered(expecting({ allow: order, forbid: ['realtime-append-order'] }))),
    { verdict: 'violated', violated: ['realtime-append-order'], found: order },
  ],
  [
    'expect.ignore: not applicable',
    text(reordered(expecting({ ignore: [...order, 'realtime-append-order'] }))),
    { verdict: 'holds', notApplicable: [...always, ...order, 'realtime-append-order'] },
  ],
  [
    'expect.ignore: what is ignored explains nothing',
    text(reordered(expecting({ ignore: ['nonmonotonic-send'], forbid: ['realtime-append-order'] }))),
    {
      verdict: 'violated',
      violated: ['realtime-append-order', 'key-reorder'],
      notApplicable: [...always, 'nonmonotonic-send'],
    },
  ],
  [
    'reported only, never a violation',
    text([head(), put(1, 0), ok(1, '1'), put(2, 1), ok(2, '2'), put(3, 2), ok(3, '3'), ...sound.slice(5)]),
    { verdict: 'unknown', unknown: ['lost-write'], found: ['unseen'] },
  ],
  [
    'reported, unless forbidden by the scenario',
    text([
      head(expecting({ forbid: ['unseen'] })),
      put(1, 0),
      ok(1, '1'),
      put(2, 1),
      ok(2, '2'),
      put(3, 2),
      ok(3, '3'),
      ...sound.slice(5),
    ]),
    { verdict: 'violated', violated: ['unseen'], unknown: ['lost-write'] },
  ],
  [
    'a known deviation whose evidence matches is allowed',
    declared('5', { kind: 'declared', ending: '5' }),
    {
      verdict: 'holds',
      found: ['seq-out-of-range'],
      notApplicable: ['open-parent', 'bad-parentage', 'lineage-seq-regression', 'snfo-broken', 'child-before-parent'],
    },
  ],
  [
    'a known deviation of other evidence explains nothing',
    declared('6', { kind: 'declared', ending: '5' }),
    {
      verdict: 'violated',
      violated: ['seq-out-of-range'],
      notApplicable: ['open-parent', 'bad-parentage', 'lineage-seq-regression', 'snfo-broken', 'child-before-parent'],
    },
  ],
  [
    'a known deviation never matches by its name alone',
    declared('5', {}),
    {
      verdict: 'violated',
      violated: ['seq-out-of-range'],
      notApplicable: ['open-parent', 'bad-parentage', 'lineage-seq-regression', 'snfo-broken', 'child-before-parent'],
    },
  ],
  [
    'one cause, one finding, for the same records: a number never sent is no part of the loss above it',
    text([
      head(),
      put(1, 0),
      ok(1, '1'),
      put(2, 2),
      ok(2, '2'),
      put(3, 3),
      ok(3, '3'),
      final,
      page([read('1', 0), read('3', 3)]),
      end,
    ]),
    // What the reader skipped is the record that is lost.
    { verdict: 'violated', violated: ['lost-write', 'counter-gap'], found: ['poll-skip'] },
  ],
];

const sayOf = (verdict: HistoryVerdict): Said => {
  const ids = (is: (claim: HistoryVerdict['claims'][number]) => boolean): AnomalyId[] =>
    verdict.claims.filter(is).map(({ anomaly }) => anomaly);
  const isGuarded = ids((claim) => claim.verdict === 'holds').length === 0;
  return {
    verdict: verdict.verdict,
    violated: ids((claim) => claim.verdict === 'violated'),
    unknown: isGuarded ? [] : ids((claim) => claim.verdict === 'unknown'),
    notApplicable: ids((claim) => claim.verdict === 'not-applicable'),
    found: ids((claim) => claim.verdict !== 'violated' && claim.found > 0),
  };
};

const inOrder = (ids: readonly AnomalyId[] = []): readonly AnomalyId[] => anomalyIds.filter((id) => ids.includes(id));

/** Every field of verdict format 1, whatever the history. */
const holdFormat = (verdict: HistoryVerdict): void => {
  expect(verdict.claims.map(({ anomaly }) => anomaly)).toEqual([...anomalyIds]);
  expect(typeof verdict.path).toBe('string');
  expect(verdict.run).toBe('r');
  expect(typeof verdict.complete).toBe('boolean');
  for (const claim of verdict.claims) {
    expect(['forbid', 'allow', 'find', 'report', 'ignore']).toContain(claim.expect);
    expect(['holds', 'violated', 'unknown', 'not-applicable']).toContain(claim.verdict);
    expect(claim.why).toBeTruthy();
    expect(claim.source).toBeTruthy();
    expect(claim.found).toBeGreaterThanOrEqual(claim.allowed);
    const listed = verdict.findings.filter(({ anomaly }) => anomaly === claim.anomaly);
    expect(listed.length).toBe(Math.min(20, claim.found));
  }
  for (const finding of verdict.findings) {
    expect(Object.keys(finding).sort()).toEqual(
      'anomaly blame evidence expect explainedBy key kind near producer sentence shards witness'.split(' '),
    );
    expect(finding.sentence).toBeTruthy();
    expect(finding.witness.every((line) => Number.isInteger(line) && line > 0)).toBe(true);
    expect(Object.keys(finding.near)).toEqual(['faults', 'reshards', 'retries']);
  }
  expect(Object.keys(verdict.counts)).toEqual(['acked', 'read', 'info', 'failed', 'unseen', 'foreign', 'unidentified']);
  expect(verdict.power).toMatchObject({ orderedPairs: expect.any(Number), keysAcrossReshard: expect.any(Number) });
};

describe('guards, expectations and claims that are not applicable', () => {
  it.each(guarded)('%s', async (_, content, said) => {
    const verdict = await checkHistory(await fileOf(content));
    holdFormat(verdict);
    expect(sayOf(verdict)).toEqual({
      verdict: said.verdict,
      violated: inOrder(said.violated),
      unknown: inOrder(said.unknown),
      notApplicable: inOrder([...(said.notApplicable ?? always), ...ofSubjects]),
      found: inOrder(said.found),
    });
    const lines = content
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as never);
    expect({ ...(await checkHistory(lines)), path: verdict.path }).toEqual(verdict);
    const scanned = judgeBytes(Buffer.from(content), true);
    expect(typeof scanned === 'string' ? scanned : { ...scanned, path: verdict.path }).toEqual(verdict);
  });

  it('a known deviation is blamed on the target, and --strict forbids it again', async () => {
    const file = await fileOf(declared('5', { kind: 'declared', ending: '5' }));
    const known = await checkHistory(file);
    expect(known.findings).toMatchObject([{ expect: 'allow', blame: 'target-deviation' }]);
    expect(known.claims.find(({ found }) => found > 0)).toMatchObject({ expect: 'forbid', found: 1, allowed: 1 });
    expect((await checkHistory(file, { strict: true })).findings).toMatchObject([
      { expect: 'forbid', blame: 'service-write' },
    ]);
  });

  it('counts do not depend on the flags', async () => {
    const file = await fileOf(text([...sound.slice(0, 5), end]));
    expect((await checkHistory(file, { skip: ['unseen'] })).counts).toEqual((await checkHistory(file)).counts);
    const skipped = await checkHistory(file, { skip: ['unseen'] });
    expect(skipped.claims.find(({ anomaly }) => anomaly === 'unseen')).toMatchObject({
      verdict: 'not-applicable',
      why: 'skipped with --skip',
    });
  });

  it('a record without identity is foreign on a shared stream, and a phantom elsewhere', async () => {
    const strange = page([read('1', 0), read('2', 1), { seq: '3', key: 'z' }]);
    const alone = await checkHistory(await fileOf(instead(7, strange)));
    expect(alone).toMatchObject({ verdict: 'violated', counts: { read: 2, foreign: 0 } });
    const shared = instead(7, strange).replace('"run":"r"', '"run":"r","stream":{"shared":true}');
    expect(await checkHistory(await fileOf(shared))).toMatchObject({
      verdict: 'holds',
      counts: { read: 2, foreign: 1 },
    });
  });

  it('allowed findings are reported', async () => {
    const judged = await checkHistory(await fileOf(text(reordered(expecting({ allow: order })))));
    expect(judged.aloud.join('\n')).toMatch(
      /key-reorder holds; 1 finding allowed, because .*forbid with expect.forbid/,
    );
  });

  it('at most 20 findings per anomaly are listed, violations first, and the count is exact', async () => {
    const more = 5000;
    const lines = [
      head(),
      put(1, 0),
      ok(1, '1'),
      put(2, more),
      ok(2, '2'),
      final,
      page([read('1', 0), read('2', more)]),
    ];
    const judged = await checkHistory(await fileOf(text([...lines, end])));
    expect(judged.claims.find(({ anomaly }) => anomaly === 'counter-gap')).toMatchObject({
      verdict: 'violated',
      found: more - 1,
      allowed: 0,
    });
    const tries = Array.from({ length: 30 }, (_, at) => [
      put(at + 3, at + 2, '', 50),
      `{"t":50,"type":"ack","op":${at + 3},"outcome":"info"}`,
    ]);
    const gaveUp = [
      put(40, 40, '', 50),
      '{"t":50,"type":"ack","op":40,"outcome":"fail"}',
      put(41, 41, '', 50),
      ok(41, '3', 50),
    ];
    const mixed = text([
      ...sound.slice(0, 5),
      ...tries.flat(),
      ...gaveUp,
      final,
      page([read('1', 0), read('2', 1), read('3', 41)]),
      end,
    ]);
    const { claims, findings } = await checkHistory(await fileOf(mixed));
    // #32 to #39 were never sent, #40 was given up, #2 to #31 may have happened.
    expect(claims.find(({ anomaly }) => anomaly === 'counter-gap')).toMatchObject({ found: 39, allowed: 30 });
    const gaps = findings.filter(({ anomaly }) => anomaly === 'counter-gap');
    expect(gaps.map(({ expect: how }) => how)).toEqual([...Array(2).fill('forbid'), ...Array(18).fill('allow')]);
  });
});
