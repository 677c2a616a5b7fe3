import type { Claim } from '../../claim.ts';
import { accepted, must, refused } from '../../outcome.ts';
import { invalid } from '../../probe-asserts.ts';

export const streamNameOf128Characters: Claim = {
  area: 'limits',
  wording: 'StreamName … Length Constraints: Minimum length of 1. Maximum length of 128. Pattern: [a-zA-Z0-9_.-]+',
  source: 'API CreateStream',
  probe: async (probe) => {
    const name = probe.freeName();
    // `freeName` registers the name, so that a stream that should have been refused is removed, too.
    const create = (wanted: string) =>
      probe.call('CreateStream', { StreamName: probe.freeName(wanted), ShardCount: 1 });
    const error = refused(await create(name.padEnd(129, 'x')), 'a stream name of 129 characters', invalid);
    refused(await create(`${name}/slash`), 'a stream name with a slash', invalid);
    const longest = name.padEnd(128, 'x');
    const answer = await create(longest);
    if (!answer.ok && answer.error === 'LimitExceededException') await probe.clock.sleep(500, probe.signal);
    accepted(answer.ok ? answer : await create(longest), 'a stream name of 128 characters');
    const told = await probe.call('DescribeStreamSummary', { StreamName: longest });
    must(told.ok, 'a stream with a name of 128 characters was accepted and is not there');
    return `128 characters are taken; 129, and a slash, are refused with ${error}`;
  },
};
