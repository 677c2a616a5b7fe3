import { fileURLToPath } from 'node:url';

/** The page's code and its style, each as one text. */
export type PageCode = { readonly script: string; readonly style: string };

/**
 * Bundles the part of the page that runs in a browser. Needs a checkout; a package has the result as `page-code.json`.
 */
export const bundlePage = async (): Promise<PageCode> => {
  const [{ build }, { leanPlot }] = await Promise.all([import('esbuild'), import('./lean-plot.ts')]);
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('./page/main.ts', import.meta.url))],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: ['chrome123', 'firefox120', 'safari17.5'],
    charset: 'utf8',
    legalComments: 'none',
    outdir: 'out',
    logLevel: 'silent',
    plugins: [leanPlot],
  });
  const text = (ending: string): string => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  return { script: text('.js').trim(), style: text('.css').trim() };
};
