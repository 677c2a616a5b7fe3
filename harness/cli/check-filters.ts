import { HarnessError } from '../lib/error.ts';
import { type AnomalyId, anomalyIds } from '../model/anomaly.ts';
import { anomaliesOf } from '../session/judging-flags.ts';

export type FilterFlags = { readonly only?: readonly string[]; readonly skip?: readonly string[] };

type Filters = { readonly only?: readonly AnomalyId[]; readonly skip?: readonly AnomalyId[] };

/** The claims that `--only` and `--skip` leave to judge. Throws HarnessError('usage') if none is left. */
export const filtersOf = ({ only, skip }: FilterFlags): Filters => {
  const filters = {
    ...(only === undefined ? {} : { only: listed('--only', only) }),
    ...(skip === undefined ? {} : { skip: listed('--skip', skip) }),
  };
  const left = (filters.only ?? anomalyIds).filter((id) => filters.skip?.includes(id) !== true);
  if (left.length > 0) return filters;
  throw new HarnessError('usage', '--only and --skip leave no claim to judge');
};

const listed = (flag: string, texts: readonly string[]): readonly AnomalyId[] =>
  anomaliesOf(
    flag,
    texts.flatMap((text) => text.split(',')),
  );
