/**
 * What this tool needs from a client of the AWS SDK for JavaScript v3. It is a structural type, so that any version of
 * the SDK fits, and none has to be imported.
 */
export type SdkClient = {
  readonly middlewareStack: {
    /** The parameters have types of the SDK that differ by client and version. */
    readonly add: (middleware: never, options: never) => void;
    readonly remove: (name: string) => boolean;
  };
  readonly config: object;
};

export type Fields = Readonly<Record<string, unknown>>;

/** A request as it is sent, below the steps that serialize, retry and sign it. */
export type SdkRequest = {
  readonly protocol?: string;
  readonly hostname?: string;
  readonly port?: number;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

export type SdkArguments = { readonly input: Fields; readonly request: SdkRequest };
export type SdkResult = { readonly response: unknown; readonly output: Fields };
export type SdkNext = (args: SdkArguments) => Promise<SdkResult>;
export type SdkContext = { readonly commandName?: string };

export const isSdkClient = (value: unknown): value is SdkClient =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as { readonly middlewareStack?: { readonly add?: unknown } }).middlewareStack?.add === 'function';
