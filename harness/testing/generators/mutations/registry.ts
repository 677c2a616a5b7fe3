import { identityMutations } from './identity.ts';
import type { Mutation } from './mutation.ts';
import { readingMutations } from './reading.ts';
import { sendingMutations } from './sending.ts';
import { subjectMutations } from './subjects.ts';
import { topologyMutations } from './topology.ts';

/** Every mutation, in the order of the catalogue's sections. */
export const allMutations: readonly Mutation[] = [
  ...identityMutations,
  ...readingMutations,
  ...sendingMutations,
  ...topologyMutations,
  ...subjectMutations,
];
