import { Application } from './application.ts';
import { commandOptions } from './command-options.ts';
import { defineSubject } from './subject.ts';

/**
 * The user's consumer, unchanged but for the JSON lines that report what it received. It finds the gateway in its
 * environment or its arguments.
 */
export const command = defineSubject({
  type: 'command',
  summary: 'your consumer under test, which reports in JSON lines what it received',
  needsGateway: true,
  options: commandOptions,
  make: (options) => (tools) => new Application(options, tools),
});
