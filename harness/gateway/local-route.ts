import type { CredentialScope } from '../tap/call.ts';

/** What is known of a request before its body. */
export type LocalHead = {
  /** The listener's name. */
  readonly port: string;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** The header x-amz-target. */
  readonly target: string | undefined;
  /** `service` is who it was signed for: kinesis, sts, monitoring, dynamodb, … */
  readonly scope: CredentialScope & { readonly service: string | undefined };
};

export type LocalRequest = LocalHead & {
  /** The header content-type. */
  readonly contentType: string | undefined;
  /** Without its content-encoding. */
  readonly body: Uint8Array;
};

export type LocalAnswer = {
  readonly status: number;
  /** Absent where there is no body. */
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
};

/**
 * Requests for others than Kinesis that the gateway answers itself. The first route that matches and gives an answer
 * wins; undefined passes the request on, also later (a promise). Calls of Kinesis are the observer's: see `before`.
 */
export type LocalRoute = {
  readonly matches: (head: LocalHead) => boolean;
  readonly answer: (request: LocalRequest) => LocalAnswer | undefined | Promise<LocalAnswer | undefined>;
};
