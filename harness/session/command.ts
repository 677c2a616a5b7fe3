import { command as producer } from '../producers/command.ts';
import { command as subject } from '../subjects/command.ts';

type Producer = Parameters<typeof producer>[0];
type Subject = Parameters<typeof subject>[0];

/**
 * A program of yours: an unchanged producer or, with `role: 'subject'`, a consumer under test that reports what was
 * delivered to it.
 */
export function command(options: Subject): ReturnType<typeof subject>;
export function command(options: Producer): ReturnType<typeof producer>;
export function command(options: Producer | Subject): ReturnType<typeof producer> | ReturnType<typeof subject> {
  return 'role' in options ? subject(options) : producer(options);
}
