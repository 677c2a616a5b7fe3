/** Each consumer under test is its own builder, and in the registry by its type. Adding one: its file, a line here. */
export { command } from './command.ts';
export { eventSourceMapping } from './mapping/event-source-mapping.ts';
