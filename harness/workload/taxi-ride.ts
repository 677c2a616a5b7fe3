import { z } from 'zod';
import { defineVariant, type Variant } from '../lib/variant.ts';
import { openIdentity } from './identity.ts';
import type { PayloadMaker } from './payload.ts';

/** Corners of Manhattan as [longitude, latitude]: where the lab's rides begin and end. */
type Place = readonly [longitude: string, latitude: string];
const places: readonly [Place, ...Place[]] = [
  ['-73.98174286', '40.71915817'],
  ['-73.98508453', '40.74716568'],
  ['-73.97333527', '40.76407242'],
  ['-73.99310303', '40.75263214'],
  ['-73.98229218', '40.75133133'],
  ['-73.96527863', '40.80104065'],
  ['-73.97010803', '40.75979996'],
  ['-73.99373627', '40.74176025'],
  ['-73.98544312', '40.73571014'],
  ['-73.97686005', '40.68337631'],
  ['-74.00531769', '40.72866058'],
  ['-73.87303925', '40.77410507'],
];

/** The lab counts from the hour it is run; a seeded ride counts from a fixed one. */
const epochMs = Date.UTC(2026, 0, 1);
const minuteMs = 60_000;

/** One ride of the workshop's lab: its 14 fields, in its ranges, behind the record's identity. The ride's id is its key where the key is a ride id. */
export const taxiRide: Variant<PayloadMaker> = defineVariant({
  summary: 'a taxi ride of the lab, as JSON: 14 fields, some 450 bytes',
  options: z.strictObject({}),
  make: () => (identity, random) => {
    const pickupMs = epochMs + random.int(0, 525_600) * minuteMs;
    const [pickup, dropoff] = [random.pick(places), random.pick(places)];
    const gcDistance = random.int(1, 7);
    const tripDuration = random.int(8, 10_000);
    const ride = {
      id: identity.key.startsWith('id') ? identity.key : `id${random.int(1_665_586, 8_888_888)}`,
      vendorId: identity.key === '1' || identity.key === '2' ? Number(identity.key) : random.int(1, 2),
      pickupDate: new Date(pickupMs).toISOString(),
      dropoffDate: new Date(pickupMs + random.int(30, 100) * minuteMs).toISOString(),
      passengerCount: random.int(1, 9),
      pickupLongitude: pickup[0],
      pickupLatitude: pickup[1],
      dropoffLongitude: dropoff[0],
      dropoffLatitude: dropoff[1],
      storeAndFwdFlag: random.int(0, 1),
      gcDistance,
      tripDuration,
      googleDistance: gcDistance,
      googleDuration: tripDuration,
    };
    return Buffer.from(`${openIdentity(identity)},${JSON.stringify(ride).slice(1)}`);
  },
});
