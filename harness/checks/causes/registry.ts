import type { AnomalyId } from '../../model/anomaly.ts';
import type { Causes } from './cause.ts';
import { identityCauses } from './identity.ts';
import { lossCauses } from './loss.ts';
import { readingCauses } from './reading.ts';
import { sendingCauses } from './sending.ts';
import { subjectCauses } from './subjects.ts';
import { topologyCauses } from './topology.ts';

/** Usual causes and first steps for every anomaly: what `explain` prints, and reports say beside a finding. */
export const causes = {
  ...identityCauses,
  ...readingCauses,
  ...lossCauses,
  ...sendingCauses,
  ...topologyCauses,
  ...subjectCauses,
} as const satisfies Record<AnomalyId, Causes>;
