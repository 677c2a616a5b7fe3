import type { Reporter } from './reporter.ts';

/**
 * One self-contained page: the verdict, its witnesses as pictures, and the records. Needs no network and no server.
 */
export const html: Reporter = {
  summary: 'one HTML page: answers, findings, witnesses and the stream map',
  fileName: 'report.html',
  // Loaded on demand, because it includes the page's code.
  render: async (_, reported, { sources }) => {
    if (sources === undefined) throw new Error('the HTML report needs the histories: hand in sources');
    return (await import('./html/render.ts')).renderPage(reported, sources);
  },
};
