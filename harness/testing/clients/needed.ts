import { commandsOf, type Tool } from './install.ts';
import type { Row } from './row.ts';

const tools: readonly Tool[] = ['python', 'go', 'kpl', 'kcl'];

/** The tools to install for these rows: those without which one of their commands is missing. */
export const neededFor = (rows: readonly Pick<Row, 'command' | 'consumer'>[]): ReadonlySet<Tool> => {
  const every = { python: 'python', go: 'go', kpl: 'kpl', kcl: 'kcl' };
  return new Set(
    tools.filter((tool) => {
      const clients = { ...commandsOf({ ...every, [tool]: undefined }), versions: {} };
      return rows.some(
        (row) =>
          row.command(clients) === undefined || (row.consumer !== undefined && row.consumer(clients) === undefined),
      );
    }),
  );
};
