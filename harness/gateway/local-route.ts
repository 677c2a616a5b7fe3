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
  /** `service` is the service that it was signed for: kinesis, sts, monitoring, dynamodb, … */
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
  /** Absent if there is no body. */
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
};

/**
 * Requests to services other than Kinesis that the gateway answers itself. The first route that matches and gives an
 * answer wins. If the answer is undefined, or a promise of undefined, the request is forwarded. For calls to Kinesis
 * see `CallObserver.before`.
 */
export type LocalRoute = {
  readonly matches: (head: LocalHead) => boolean;
  readonly answer: (request: LocalRequest) => LocalAnswer | undefined | Promise<LocalAnswer | undefined>;
};
