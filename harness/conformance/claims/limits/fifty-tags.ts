import type { Claim } from '../../claim.ts';
import { accepted, must, refused, setUp } from '../../outcome.ts';

export const fiftyTags: Claim = {
  area: 'limits',
  wording: 'You can assign up to 50 tags to a data stream.',
  source: 'SDK AddTagsToStream',
  probe: async (probe) => {
    const stream = await probe.stream();
    const had = setUp(await stream.call('ListTagsForStream', {}), 'ListTagsForStream').Tags?.length ?? 0;
    const tags = (from: number, to: number): Record<string, string> =>
      Object.fromEntries(Array.from({ length: to - from }, (_, n) => [`t${from + n}`, 'v']));
    // Ten tags a call: the limit of one call differs between engines, and is not tested here.
    for (let n = had; n < 50; n += 10) {
      accepted(
        await stream.call('AddTagsToStream', { Tags: tags(n, Math.min(n + 10, 50)) }),
        `AddTagsToStream up to ${Math.min(n + 10, 50)} tags`,
      );
    }
    const more = await stream.call('AddTagsToStream', { Tags: { onemore: 'v' } });
    const listed = setUp(await stream.call('ListTagsForStream', {}), 'ListTagsForStream').Tags?.length;
    const error = refused(more, 'a 51st tag', [
      'InvalidArgumentException',
      'LimitExceededException',
      'ValidationException',
    ]);
    must(listed === 50, `50 tags were added and ${listed} are listed`);
    return `50 tags are taken, a 51st refused with ${error}`;
  },
};
