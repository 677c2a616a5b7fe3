import type { EventBody, Head } from '../model/event.ts';

/**
 * One line of a history, `t` first: it is what a person greps for. `t` is put in as text, since copying the event only
 * to add it would cost as much as writing it.
 */
export const encodeEvent = (t: number, event: EventBody): string => `{"t":${t},${JSON.stringify(event).slice(1)}\n`;

export const encodeHead = (head: Head): string => `${JSON.stringify(head)}\n`;
