import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { isSame, listed } from '../../probe-asserts.ts';

export const partitionKeyComesBack: Claim = {
  area: 'writes',
  wording: 'Partition keys are Unicode strings',
  source: 'SDK PutRecord',
  probe: async (probe) => {
    const stream = await probe.stream();
    const keys = ['plain', ' with space ', 'é as one', 'e\u0301 as two', 'ключ', '鍵', '\u{1F511}', '"quoted\\"'];
    for (const key of keys) await stream.put({ key, data: 'x' });
    const read = (await stream.stored(keys.length)).map((record) => record.key);
    must(isSame(read, keys), `keys ${listed(keys)} came back as ${listed(read)}`);
    return 'eight keys, astral and combining characters among them, came back as sent';
  },
};
