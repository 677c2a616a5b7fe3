import { Application } from './application.ts';
import { commandOptions } from './command-options.ts';
import { defineSubject } from './subject.ts';

/**
 * Somebody's consumer, unchanged but for the JSON lines that it writes of what it is given: it finds the gateway in
 * its environment or its arguments.
 */
export const command = defineSubject({
  type: 'command',
  summary: "somebody's consumer under test, which tells in JSON lines what it was given",
  needsGateway: true,
  options: commandOptions,
  make: (options) => (tools) => new Application(options, tools),
});
