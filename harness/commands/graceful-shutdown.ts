/** The signal that asks a program to end, and how long it may take before it is killed. */
export type GracefulShutdown = { readonly signal: 'SIGTERM' | 'SIGINT'; readonly timeoutMs: number };
