import { expect, test } from 'vitest';
import { checkHistory } from '../../judging/check-history.ts';
import type { Finding } from '../../model/verdict.ts';
import { linesOf } from '../../testing/cases/contract/order-lines.ts';

const found = async (history: string): Promise<Finding | undefined> => {
  const { findings } = await checkHistory(linesOf(['topo whole', 'reader final final', ...history.split(' | ')]));
  return findings.find(({ anomaly }) => anomaly === 'write-to-closed');
};

test('says which list shows the shard closed', async () => {
  expect((await found('a0>10 | topo closed | a1>20 | read 10=a0 20=a1'))?.sentence).toBe(
    'shardId-000000000000 was listed closed on line 6; however p1\'s "a" #1, sent later (line 7), was acknowledged at 20 of shardId-000000000000.',
  );
});

test('says which lists show it open again', async () => {
  const one = await found('a0>10 | topo closed | topo whole | a1>20 | read 10=a0 20=a1');
  expect(one?.sentence).toContain('was listed closed on line 6, though the topology on line 7 lists it open; however');
  expect(one).toMatchObject({ evidence: { closedOnLine: 6, openOnLines: [7] }, witness: [6, 7, 8, 9] });
  const more = await found('a0>10 | topo closed | topo whole | topo whole | a1>20 | topo whole | read 10=a0 20=a1');
  expect(more?.sentence).toContain('though the topology on line 7 and 1 later one list it open');
});

test('says which reshard closed it', async () => {
  expect((await found('a0>10 | split | a1>20 | read 10=a0 20=a1'))?.sentence).toContain(
    'shardId-000000000000 was closed by SplitShard, which was done on line 7; however',
  );
});
