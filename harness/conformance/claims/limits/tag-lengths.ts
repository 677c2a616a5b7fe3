import type { Claim } from '../../claim.ts';
import { accepted, must, refused, setUp } from '../../outcome.ts';
import { invalid } from '../../probe-asserts.ts';

export const tagLengths: Claim = {
  area: 'limits',
  wording:
    'Key Length Constraints: Minimum length of 1. Maximum length of 128. Value Length Constraints: … Maximum length of 256.',
  source: 'API AddTagsToStream',
  probe: async (probe) => {
    const stream = await probe.stream();
    const add = (key: number, value: number) =>
      stream.call('AddTagsToStream', { Tags: { ['k'.repeat(key)]: 'v'.repeat(value) } });
    accepted(await add(128, 256), 'a tag of 128 and 256 characters');
    const error = refused(await add(129, 1), 'a tag key of 129 characters', invalid);
    refused(await add(1, 257), 'a tag value of 257 characters', invalid);
    const tags = setUp(await stream.call('ListTagsForStream', {}), 'ListTagsForStream').Tags ?? [];
    const kept = tags.find((tag) => tag.Key?.length === 128)?.Value?.length;
    must(kept === 256, `a tag value of 256 characters came back with ${kept}`);
    must(!tags.some((tag) => (tag.Key?.length ?? 0) > 128), 'a refused tag is listed');
    return `128 and 256 characters are taken; 129, and 257, refused with ${error}`;
  },
};
