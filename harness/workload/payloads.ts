/** Each payload is its own builder, and is in the registry by its type. A new one needs its file and a line here. */
export { bytes } from './bytes.ts';
export { taxiRide } from './taxi-ride.ts';
