import type { EventBody, Head } from '../model/event.ts';

/**
 * Encodes a line without its beginning, `{"t":…,`. That is added as text: people grep for it, and copying the event
 * only to add `t` would cost as much as encoding it.
 */
export const encodeBody = (event: EventBody): string => `${JSON.stringify(event).slice(1)}\n`;

export const encodeEvent = (t: number, event: EventBody): string => `{"t":${t},${encodeBody(event)}`;

export const encodeHead = (head: Head): string => `${JSON.stringify(head)}\n`;
