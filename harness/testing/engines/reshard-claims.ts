import type { ContractClaim, ContractKit } from './contract.ts';

/**
 * Faults that scenarios found, tested again with bare calls, so that an engine's fault is not taken for the harness's.
 */
const middle = (2n ** 127n).toString();

const puts = async ({ kinesis, stream }: ContractKit, from: number, to: number): Promise<readonly string[]> => {
  const shards: string[] = [];
  for (let number = from; number <= to; number += 1) {
    const text = String(number);
    const outcome = await kinesis.putRecord({ stream, data: new TextEncoder().encode(text), key: text });
    if (outcome.outcome !== 'ok') throw new Error(`PutRecord: ${outcome.error}: ${outcome.message ?? ''}`);
    for (const result of outcome.results) if ('shard' in result) shards.push(result.shard);
  }
  return shards;
};

type Read = { readonly text: string; readonly arrival: number | undefined };

const readFrom = async (
  { kinesis, stream }: ContractKit,
  shard: string,
  from: { readonly type: 'TRIM_HORIZON' } | { readonly type: 'AT_TIMESTAMP'; readonly at: number },
): Promise<readonly Read[]> => {
  const started = await kinesis.getShardIterator({ ...from, stream, shard });
  if (!started.ok) throw new Error(`GetShardIterator ${shard}: ${started.error}: ${started.message ?? ''}`);
  const page = await kinesis.getRecords({ iterator: started.iterator });
  if (!page.ok) throw new Error(`GetRecords ${shard}: ${page.error}: ${page.message ?? ''}`);
  return page.records.map(({ data, arrival }) => ({ text: new TextDecoder().decode(data), arrival }));
};

const readEverything = async (kit: ContractKit): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const { shard } of await kit.kinesis.listShards(kit.stream))
    found.push(...(await readFrom(kit, shard, { type: 'TRIM_HORIZON' })).map(({ text }) => text));
  return found.sort();
};

const told = (expected: readonly string[], read: readonly string[]): string | undefined =>
  read.join() === expected.join() ? undefined : `put records ${expected.join(', ')}, read ${read.join(', ') || 'none'}`;

export const reshardClaims: readonly ContractClaim[] = [
  {
    claim: 'a put after SplitShard is stored in a child',
    needs: ['splitShard'],
    check: async (kit) => {
      await kit.provisioner('api').create(kit.spec(1), kit.deadlineMs);
      const [parent = ''] = await puts(kit, 1, 1);
      await kit.kinesis.splitShard(kit.stream, parent, middle);
      await kit.kinesis.waitActive(kit.stream, kit.deadlineMs);
      const [shard] = await puts(kit, 2, 2);
      return shard === parent ? `it is stored in ${parent}, which is closed` : undefined;
    },
  },
  {
    claim: 'after MergeShards every record is read once',
    needs: ['mergeShards'],
    check: async (kit) => {
      await kit.provisioner('api').create(kit.spec(2), kit.deadlineMs);
      await puts(kit, 1, 4);
      const [first, second] = await kit.kinesis.listShards(kit.stream);
      await kit.kinesis.mergeShards(kit.stream, first?.shard ?? '', second?.shard ?? '');
      await kit.kinesis.waitActive(kit.stream, kit.deadlineMs);
      return told(['1', '2', '3', '4'], await readEverything(kit));
    },
  },
  {
    claim: 'after UpdateShardCount the records of before are read, and the old shards are listed, closed',
    needs: ['updateShardCount'],
    check: async (kit) => {
      await kit.provisioner('api').create(kit.spec(2), kit.deadlineMs);
      const before = new Set(await puts(kit, 1, 4));
      await kit.kinesis.updateShardCount(kit.stream, 4);
      await kit.kinesis.waitActive(kit.stream, kit.deadlineMs);
      const open = (await kit.kinesis.listShards(kit.stream)).filter(
        ({ shard, seq }) => before.has(shard) && seq[1] === null,
      );
      if (open.length > 0)
        return `${open.map(({ shard }) => shard).join(', ')} still open; ${told(['1', '2', '3', '4'], await readEverything(kit)) ?? 'its records are read'}`;
      return told(['1', '2', '3', '4'], await readEverything(kit));
    },
  },
  {
    claim: 'an iterator AT_TIMESTAMP gives nothing that arrived before',
    needs: [],
    check: async (kit) => {
      await kit.provisioner('api').create(kit.spec(1), kit.deadlineMs);
      // At least three records: an engine that delivers a shard's first record twice (kinesis-local 0.4.13) has its
      // own claim.
      const [shard = ''] = await puts(kit, 1, 2);
      // Asks for the later of two records that arrived in one second at different times, which shows times that are
      // cut to seconds.
      for (let number = 3; number <= putsMax; number += 1) {
        await puts(kit, number, number);
        const all = await readFrom(kit, shard, { type: 'TRIM_HORIZON' });
        const at = all.at(-1)?.arrival ?? 0;
        const isTold = all.some(
          ({ arrival = at }) => arrival < at && Math.floor(arrival / 1000) === Math.floor(at / 1000),
        );
        if (!isTold) continue;
        const [first] = await readFrom(kit, shard, { type: 'AT_TIMESTAMP', at });
        const early = at - (first?.arrival ?? at);
        return early > 0 ? `it begins ${early} ms early` : undefined;
      }
      throw new Error(`${putsMax} puts, one after the other, all arrived in one millisecond`);
    },
  },
];
const putsMax = 200;
