import type { Variant } from '../lib/variant.ts';
import { bytes } from './bytes.ts';
import { evenKeys } from './even-keys.ts';
import { hotKey } from './hot-key.ts';
import type { KeySequence } from './partition-key.ts';
import type { PayloadMaker } from './payload.ts';
import { rideId } from './ride-id.ts';
import { taxiRide } from './taxi-ride.ts';
import { vendorId } from './vendor-id.ts';

/** What a record holds. Adding one: a file and a line. */
export const payloads = { taxiRide, bytes } as const satisfies Record<string, Variant<PayloadMaker>>;

/** Which partition keys are written, in which order. */
export const partitionKeys = { even: evenKeys, hot: hotKey, vendorId, rideId } as const satisfies Record<
  string,
  Variant<KeySequence>
>;
