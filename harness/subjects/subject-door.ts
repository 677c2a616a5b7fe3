import type { Env } from '../commands/command-env.ts';
import type { CommandPlace } from '../commands/command-place.ts';
import type { PageEvent } from '../model/event.ts';
import type { Subscription } from '../tap/page-tap.ts';

/** An instance's access to the stream: a port of the gateway of its own. */
export type SubjectDoor = CommandPlace & {
  readonly bundle: string | undefined;
  /** Resolves with the first request that comes through it. */
  readonly firstCall: Promise<void>;
  /** Credentials and region by which an emulator finds the stream; empty on AWS. */
  readonly env: Env;
  /** On AWS the program keeps its own credentials and region. */
  readonly isAws: boolean;
  /** The KINESIS_ORDER_RUN of its processes. */
  readonly id: string;
  /** The file that keeps its output. */
  readonly logFile: string;
  /** Called for each page that it fetched. */
  readonly onFetch: (listener: (page: Omit<PageEvent, 't'>) => void) => void;
  /** Called when one of its subscriptions (SubscribeToShard) ends, whoever ended it. */
  readonly onUnsubscribed: (listener: (subscription: Subscription) => void) => void;
  /** Called with lines that are POSTed to it; resolves when they are written. */
  readonly onPosted: (listener: (body: Uint8Array) => Promise<void>) => void;
};
