import { defineVariant } from '../lib/variant.ts';
import { Application } from './application.ts';
import { commandOptions } from './command-options.ts';
import type { Subject } from './subject.ts';

/**
 * Somebody's consumer, unchanged but for the JSON lines that it writes of what it is given: it finds the gateway in
 * its environment or its arguments.
 */
export const command: Subject = {
  ...defineVariant({
    summary: "somebody's consumer under test, which tells in JSON lines what it was given",
    options: commandOptions,
    make: (options) => (tools) => new Application(options, tools),
  }),
  needsGateway: true,
};
