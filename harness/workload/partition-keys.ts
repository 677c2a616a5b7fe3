/**
 * Each key sequence is its own builder, and is in the registry by its type. A new one needs its file and a line here.
 */
export { evenKeys } from './even-keys.ts';
export { hotKey } from './hot-key.ts';
export { rideId } from './ride-id.ts';
export { vendorId } from './vendor-id.ts';
