/** Each payload is its own builder, and in the registry by its type. Adding one: its file, and a line here. */
export { bytes } from './bytes.ts';
export { taxiRide } from './taxi-ride.ts';
