import type { Claim } from '../../claim.ts';
import { consumerOf } from '../../fan-out.ts';
import { accepted, must } from '../../outcome.ts';
import { isSame, listed } from '../../probe-asserts.ts';

export const listStreamConsumersPaging: Claim = {
  area: 'fan-out',
  wording:
    'if you explicitly specify a value for MaxResults that is less than the number of consumers that are registered with the data stream, the response includes a pagination token named NextToken.',
  source: 'SDK ListStreamConsumersInput',
  probe: async (probe) => {
    const stream = await probe.stream();
    const names = ['c1', 'c2', 'c3'];
    for (const name of names) await consumerOf(probe, stream, name);
    const told: string[] = [];
    let token: string | undefined;
    for (let pages = 0; pages < 6; pages += 1) {
      const input = { StreamARN: stream.arn, MaxResults: 2, ...(token === undefined ? {} : { NextToken: token }) };
      const page = accepted(await probe.call('ListStreamConsumers', input), 'ListStreamConsumers with MaxResults 2');
      must((page.Consumers ?? []).length <= 2, `MaxResults 2 returned ${page.Consumers?.length} consumers`);
      told.push(...(page.Consumers ?? []).map((consumer) => String(consumer.ConsumerName)));
      token = page.NextToken ?? undefined;
      if (token === undefined) break;
    }
    must(isSame(told.toSorted(), names), `three consumers in pages of two: ${listed(told)}`);
    return 'three consumers in pages of two, each once';
  },
};
