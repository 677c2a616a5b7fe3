import { type ByType, byType, type InputsOf, type Variant } from '../lib/variant.ts';
import type { KeySequence } from './partition-key.ts';
import * as keyBuilders from './partition-keys.ts';
import type { PayloadMaker } from './payload.ts';
import * as payloadBuilders from './payloads.ts';

/** The payloads by type: what a record holds. */
export const payloads: ByType<typeof payloadBuilders> = byType(payloadBuilders) satisfies Record<
  string,
  Variant<PayloadMaker>
>;

/** The key sequences by type: which partition keys are written, in which order. */
export const partitionKeys: ByType<typeof keyBuilders> = byType(keyBuilders) satisfies Record<
  string,
  Variant<KeySequence>
>;

export type PayloadInput = InputsOf<ByType<typeof payloadBuilders>>;
export type PartitionKeyInput = InputsOf<ByType<typeof keyBuilders>>;
