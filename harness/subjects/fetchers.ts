import type { EventBody, PageEvent } from '../model/event.ts';
import type { Subscription } from '../tap/page-tap.ts';
import { linesPath } from './lines-place.ts';
import type { SubjectDoor } from './subject-door.ts';

type Page = Omit<PageEvent, 't'>;
type Client = {
  readonly group: string;
  readonly fetched: ((page: Page) => void)[];
  readonly unsubscribed: ((subscription: Subscription) => void)[];
  readonly posted: ((body: Uint8Array) => Promise<void>)[];
};

/** The part of the gateway that is needed here. */
type Asked = { readonly port: string; readonly method: string; readonly path: string; readonly body: Uint8Array };
type Answer = { readonly status: number; readonly contentType: string; readonly body: string };

/** The clients of consumers under test: maps each reader in the history to the application whose fetches it shows. */
export class Fetchers {
  readonly #clients = new Map<string, Client>();

  /** Registers an instance, which has a port of its own. */
  open(instance: string, group: string): Pick<SubjectDoor, 'onFetch' | 'onUnsubscribed' | 'onPosted'> {
    const client: Client = { group, fetched: [], unsubscribed: [], posted: [] };
    this.#clients.set(instance, client);
    return {
      onFetch: (listener) => void client.fetched.push(listener),
      onUnsubscribed: (listener) => void client.unsubscribed.push(listener),
      onPosted: (listener) => void client.posted.push(listener),
    };
  }

  has(port: string): boolean {
    return this.#clients.has(port);
  }

  /**
   * The name of a port's readers in the history: `app/1 fetch`. The reader `app/1` shows what was delivered to the
   * instance.
   */
  clientOf(port: string): string {
    return this.#clients.has(port) ? `${port}${suffix}` : port;
  }

  readerEvent(reader: string): EventBody {
    const client = this.#of(reader);
    return { type: 'reader', reader, role: 'live', ...(client === undefined ? {} : { of: client.group }) };
  }

  /** Wraps `write`: each page is passed to its application after it was written. */
  watch(write: (event: EventBody) => number): (event: EventBody) => number {
    return (event) => {
      const t = write(event);
      if (event.type === 'page') for (const listener of this.#of(event.reader)?.fetched ?? []) listener(event);
      return t;
    };
  }

  unsubscribed(subscription: Subscription): void {
    for (const listener of this.#of(subscription.reader)?.unsubscribed ?? []) listener(subscription);
  }

  /** The route `POST {endpoint}/_kinesis-order/lines`, for JSON lines of the application that has this port. */
  get route() {
    return {
      matches: ({ method, path, port }: Omit<Asked, 'body'>): boolean =>
        method === 'POST' && path === linesPath && this.#clients.has(port),
      answer: async ({ port, body }: Asked): Promise<Answer> => {
        for (const listener of this.#clients.get(port)?.posted ?? []) await listener(body);
        return { status: 202, contentType: 'application/json', body: '{"heard":true}\n' };
      },
    };
  }

  /** The client of a reader: `app/1 fetch`, and `app/1 fetch.2` for a second reader of that client. */
  #of(reader: string): Client | undefined {
    const end = reader.lastIndexOf(suffix);
    return end < 0 ? undefined : this.#clients.get(reader.slice(0, end));
  }
}

const suffix = ' fetch';
