/** Who answers at an address. LocalStack tells its version; what tells nothing is called by no name, and nothing is excused for it. */
export const identify = async (url: string): Promise<{ readonly engine: string; readonly version: string }> => {
  const localstack = await ask(`${url}/_localstack/health`);
  if (typeof localstack?.['version'] === 'string') return { engine: 'localstack', version: localstack['version'] };
  return { engine: 'endpoint', version: 'unknown' };
};

const ask = async (url: string): Promise<Readonly<Record<string, unknown>> | undefined> => {
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2000) });
    const value: unknown = answer.ok ? await answer.json() : undefined;
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
};
