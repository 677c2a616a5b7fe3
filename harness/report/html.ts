import type { Reporter } from './reporter.ts';

/**
 * One page with everything inside: the verdict, its proof as pictures, and the records to look around in. Needs no
 * network and no server.
 */
export const html: Reporter = {
  summary: 'one HTML page: answers, findings, witnesses and the stream map',
  fileName: 'report.html',
  // Loaded where it is asked for: it brings the page's code with it.
  render: async (_, reported, { sources }) => {
    if (sources === undefined) throw new Error('the HTML report needs the histories: hand in sources');
    return (await import('./html/render.ts')).renderPage(reported, sources);
  },
};
