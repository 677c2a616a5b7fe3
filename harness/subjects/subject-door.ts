import type { Env } from '../commands/command-env.ts';
import type { CommandPlace } from '../commands/command-place.ts';
import type { PageEvent } from '../model/event.ts';
import type { Subscription } from '../tap/page-tap.ts';

/** An instance's way to the stream: a port of the gateway of its own. */
export type SubjectDoor = CommandPlace & {
  readonly bundle: string | undefined;
  /** Resolves with the first request that comes through it. */
  readonly firstCall: Promise<void>;
  /** Credentials and region by which an emulator finds the stream; empty on AWS. */
  readonly env: Env;
  /** There the program keeps its own credentials and region. */
  readonly isAws: boolean;
  /** The KINESIS_ORDER_RUN of its processes. */
  readonly id: string;
  /** Where what it prints is kept. */
  readonly logFile: string;
  /** Told of each page that it fetched. */
  readonly onFetch: (listener: (page: Omit<PageEvent, 't'>) => void) => void;
  /** Told of each of its subscriptions (SubscribeToShard) that is over, whoever ended it. */
  readonly onUnsubscribed: (listener: (subscription: Subscription) => void) => void;
  /** Told of lines that are POSTed to it; resolves when they are written down. */
  readonly onPosted: (listener: (body: Uint8Array) => Promise<void>) => void;
};
