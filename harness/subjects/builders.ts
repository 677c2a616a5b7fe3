/**
 * The builders of all kinds of consumers under test; the registry has each by its type. To add one, add its file and a
 * line here.
 */
export { command } from './command.ts';
export { eventSourceMapping } from './mapping/event-source-mapping.ts';
