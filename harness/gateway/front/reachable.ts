/** The address by which this machine reaches a listener on `host`, ready for a URL: IPv6 addresses are in brackets. */
export const reachable = (host: string): string => {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
};
