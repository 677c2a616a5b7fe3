import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { promiseWords } from '../report/promise-words.ts';
import { readBaseline } from './baseline.ts';
import { judgingOfFlags } from './judging-flags.ts';
import { withExpired } from './with-expired.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baseline-'));
});
afterAll(() => rm(folder, { recursive: true }));
const fileWith = async (value: unknown): Promise<string> => {
  const file = join(folder, 'known.json');
  await writeFile(file, typeof value === 'string' ? value : JSON.stringify(value));
  return file;
};
const noon = Date.parse('2026-11-29T12:00:00Z');

test('what is accepted is allowed to its last day, and counts again after it', async () => {
  const why = 'TICKET-1';
  const file = await fileWith({
    accepted: [
      { anomaly: 'key-reorder', until: '2026-11-29', why },
      { anomaly: 'duplicate', until: '2026-11-28', why },
    ],
  });
  const { allow, expired, lapsed } = readBaseline(file, noon);
  expect(lapsed).toEqual({ duplicate: { until: '2026-11-28', why } });
  expect(allow).toEqual(['key-reorder']);
  expect(expired).toEqual([`${file}: duplicate was accepted until 2026-11-28 (TICKET-1): it breaks a promise again`]);
});

test('a violation that was accepted says so in the first line and in its reason', () => {
  const claim = (anomaly: string, verdict: string) => ({
    anomaly,
    verdict,
    expect: 'forbid',
    found: 1,
    why: 'forbidden',
  });
  const claims = [claim('duplicate', 'violated'), claim('key-reorder', 'holds')];
  const given = { verdict: 'violated', claims, findings: [], unknown: [], order: { kept: true } };
  const accepted = { until: '2026-11-28', why: 'TICKET-1' };
  const history = withExpired(given as never, { duplicate: accepted, 'key-reorder': accepted });
  expect(promiseWords(history)).toBe('promises broken: duplicate; no longer accepted: duplicate (until 2026-11-28)');
  expect(history.claims[0]?.why).toBe('forbidden; the baseline accepted it until 2026-11-28 (TICKET-1)');
  expect(history.claims[1]).toEqual(claims[1]);
});

test('the flag adds to what is allowed', async () => {
  const baseline = await fileWith({ accepted: [{ anomaly: 'key-reorder', until: '9999-12-31', why: 'x' }] });
  expect(judgingOfFlags({ baseline, allow: ['duplicate'] }).expect).toEqual({ allow: ['duplicate', 'key-reorder'] });
  expect(() => judgingOfFlags({ baseline, forbid: ['key-reorder'] })).toThrow('key-reorder is in --forbid already');
});

test.each([
  ['{', /known\.json.*not valid JSON/],
  [{ accepted: [{ anomaly: 'key-reorders', until: '2026-01-01', why: 'x' }] }, /accepted\[0\]\.anomaly/],
  [{ accepted: [{ anomaly: 'key-reorder', until: 'soon', why: 'x' }] }, /accepted\[0\]\.until/],
  [{ accepted: [{ anomaly: 'key-reorder', until: '2026-01-01' }] }, /accepted\[0\]\.why/],
  [{ known: [] }, /unknown field "known"/],
])('%j is refused with file and field', async (value, message) => {
  const file = await fileWith(value);
  expect(() => readBaseline(file, noon)).toThrow(message);
});
