import type { EventBody, Head } from '../model/event.ts';

/**
 * One line of a history but for its beginning, `{"t":…,`, which is put in as text: it is what a person greps for, and
 * copying the event only to add it would cost as much as writing it.
 */
export const encodeBody = (event: EventBody): string => `${JSON.stringify(event).slice(1)}\n`;

export const encodeEvent = (t: number, event: EventBody): string => `{"t":${t},${encodeBody(event)}`;

export const encodeHead = (head: Head): string => `${JSON.stringify(head)}\n`;
