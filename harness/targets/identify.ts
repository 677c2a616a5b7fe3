import type { ClientOptions } from '../kinesis/kinesis.ts';

export type Identity = {
  readonly engine: string;
  readonly version: string;
  /** The status of each service on its health page, if it has one. */
  readonly services?: Readonly<Record<string, unknown>>;
};

/**
 * Identifies the engine at an address. MiniStack is asked first, because it also answers LocalStack's health page.
 * moto reports its name, but not its version. An engine that reports nothing is `endpoint`, and no deviation of a
 * named engine excuses it.
 */
export const identify = async (url: NonNullable<ClientOptions['endpoint']>): Promise<Identity> => {
  const base = url.replace(/\/+$/, '');
  const ministack = await ask(`${base}/_ministack/health`);
  if (typeof ministack?.['version'] === 'string') return named('ministack', ministack['version'], ministack);
  const localstack = await ask(`${base}/_localstack/health`);
  if (typeof localstack?.['version'] === 'string') return named('localstack', localstack['version'], localstack);
  const moto = await ask(`${base}/moto-api/data.json`);
  if (moto !== undefined) return { engine: 'moto', version: 'unknown' };
  return { engine: 'endpoint', version: 'unknown' };
};

const named = (engine: string, version: string, { services }: Readonly<Record<string, unknown>>): Identity => ({
  engine,
  version,
  ...(typeof services === 'object' && services !== null
    ? { services: services as Readonly<Record<string, unknown>> }
    : {}),
});

const ask = async (url: string): Promise<Readonly<Record<string, unknown>> | undefined> => {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2000) });
    const value: unknown = answer.ok ? await answer.json() : undefined;
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
};
