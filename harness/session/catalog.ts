import { consumers } from '../consumers/registry.ts';
import { faults } from '../faults/registry.ts';
import { producers } from '../producers/registry.ts';
import type { Vocabulary } from '../scenario/vocabulary.ts';
import { acts } from '../subjects/acts/registry.ts';
import { subjects } from '../subjects/registry.ts';
import { partitionKeys, payloads } from '../workload/registry.ts';

/** The registries, as the vocabulary of scenarios. */
export const vocabulary: Vocabulary = {
  payloads,
  partitionKeys,
  producers,
  consumers: { ...consumers, ...subjects },
  faults: { ...faults, ...acts },
};
