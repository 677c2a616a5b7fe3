import { command } from './command.ts';
import { eventSourceMapping } from './mapping/event-source-mapping.ts';
import type { Subject } from './subject.ts';

/** Consumers under test, by the name that a scenario gives as `type`. Adding one: a file and a line. */
export const subjects = { command, eventSourceMapping } as const satisfies Record<string, Subject>;
