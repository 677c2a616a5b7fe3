import type { Env } from '../commands/command-env.ts';
import type { CommandPlace } from '../commands/command-place.ts';
import type { PageEvent } from '../model/event.ts';
import type { Subscription } from '../tap/page-tap.ts';

/** An instance's access to the stream: its own port of the gateway. */
export type SubjectDoor = CommandPlace & {
  readonly bundle: string | undefined;
  /** Resolves with the first request that comes through it. */
  readonly firstCall: Promise<void>;
  /** Credentials and region by which an emulator finds the stream; empty on AWS. */
  readonly env: Env;
  /** True on AWS, where the program keeps its own credentials and region. */
  readonly isAws: boolean;
  /** The KINESIS_ORDER_RUN of its processes. */
  readonly id: string;
  /** The file that keeps its output. */
  readonly logFile: string;
  /** Subscribes to the pages that it fetched. */
  readonly onFetch: (listener: (page: Omit<PageEvent, 't'>) => void) => void;
  /** Subscribes to the ends of its subscriptions (SubscribeToShard), whoever ended them. */
  readonly onUnsubscribed: (listener: (subscription: Subscription) => void) => void;
  /** Subscribes to lines that are POSTed to it. The listener resolves when they are written. */
  readonly onPosted: (listener: (body: Uint8Array) => Promise<void>) => void;
};
