import { expect, test } from 'vitest';
import type { ProxiedCall } from '../fault.ts';
import { isList, isReshard } from './control-options.ts';

const call = (kind: ProxiedCall['kind'], client: string): ProxiedCall => ({ api: '', kind, client, call: 1, body: {} });

test('who names a consumer means all of its instances, as for reads', () => {
  const asked = { client: 'app', list: 1, reshard: 1 };
  expect(['app', 'app/1', 'app/2'].map((client) => isList(asked, call('list', client), {}))).toEqual([
    true,
    true,
    true,
  ]);
  expect(['apple', 'other/1'].map((client) => isList(asked, call('list', client), {}))).toEqual([false, false]);
  expect(isReshard(asked, call('reshard', 'app/1'), {})).toBe(true);
  expect(isList({ client: 'app/1', list: 1 }, call('list', 'app/2'), {})).toBe(false);
});
