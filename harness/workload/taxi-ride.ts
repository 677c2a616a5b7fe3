import { z } from 'zod';
import { openIdentity } from './identity.ts';
import { definePayload } from './payload.ts';
import { places } from './places.ts';

/** The lab counts from the hour in which it runs; a seeded ride counts from a fixed one. */
const epochMs = Date.UTC(2026, 0, 1);
const minuteMs = 60_000;

/**
 * One ride of the workshop's lab: its 14 fields, in its ranges, behind the record's identity. If the key is a ride
 * id, the ride has that id.
 */
export const taxiRide = definePayload({
  type: 'taxiRide',
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
      pickupDate: isoformat(pickupMs, random.int(0, 999_999)),
      dropoffDate: isoformat(pickupMs + random.int(30, 100) * minuteMs, random.int(0, 999_999)),
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

/** Python's `isoformat`: microseconds, no zone. */
const isoformat = (ms: number, micros: number): string =>
  `${new Date(ms).toISOString().slice(0, 19)}.${String(micros).padStart(6, '0')}`;
