import { type Seen, same } from './row.ts';

/** A problem if a forbidden finding blames anybody but the consumer. */
export const blamed = ({ history }: Seen): string | undefined => {
  const others = (history?.findings ?? []).filter(({ blame, expect }) => blame !== 'consumer' && expect === 'forbid');
  return others.length === 0
    ? undefined
    : `blamed: ${others.map(({ anomaly, blame }) => `${anomaly} ${blame}`).join()}`;
};

export const handled = (owed: number, delivered: number) => (seen: Seen) => {
  const [subject] = seen.history?.subjects ?? [];
  return [same('owed', subject?.owed, owed), same('delivered', subject?.delivered, delivered)];
};

/** The number of deliveries in the consumer's lines, sentinels included. */
export const givenTo = ({ events }: Seen): number =>
  events
    .filter(({ type, reader }) => type === 'page' && reader === 'consumer')
    .reduce((sum, { records }) => sum + (Array.isArray(records) ? records.length : 0), 0);
