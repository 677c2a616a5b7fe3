import { consumers } from '../consumers/registry.ts';
import { faults } from '../faults/registry.ts';
import { producers } from '../producers/registry.ts';
import type { Vocabulary } from '../scenario/vocabulary.ts';
import { partitionKeys, payloads } from '../workload/registry.ts';

/** The registries, as the words that a scenario may use. */
export const vocabulary: Vocabulary = { payloads, partitionKeys, producers, consumers, faults };
