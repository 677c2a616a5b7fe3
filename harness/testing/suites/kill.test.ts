import { describe, expect, it } from 'vitest';
import { anomalyIds } from '../../model/anomaly.ts';
import { allMutations } from '../generators/mutations/registry.ts';
import { killsOf } from './kill.ts';

describe('each mutation of a clean history is found as its anomaly, without other violations', () => {
  it.each(allMutations.map((mutation) => [mutation.anomaly, mutation.name, mutation] as const))(
    '%s: %s',
    async (_anomaly, _name, mutation) => {
      const [kill] = await killsOf(mutation, 'test', 1);
      expect(kill).toMatchObject({ isFound: true, collateral: [] });
    },
  );

  it('there are at least three mutations for each anomaly', () => {
    expect(anomalyIds.filter((id) => allMutations.filter(({ anomaly }) => anomaly === id).length < 3)).toEqual([]);
  });
});
