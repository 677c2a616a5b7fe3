import type { Claim } from '../../claim.ts';
import { refused } from '../../outcome.ts';

export const deleteNoStream: Claim = {
  area: 'bad-input',
  wording: 'The requested resource could not be found. The stream might not be specified correctly.',
  source: 'SDK ResourceNotFoundException',
  probe: async (probe) => {
    const answer = await probe.call('DeleteStream', { StreamName: probe.freeName() });
    return `refused with ${refused(answer, 'DeleteStream of a stream that is not there', ['ResourceNotFoundException'])}`;
  },
};
