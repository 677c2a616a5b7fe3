import { relative, resolve } from 'node:path';
import { defineSubject } from '../subject.ts';
import { Mapping } from './mapping.ts';
import { mappingOptions } from './options.ts';

/**
 * A Lambda handler under test, behind an event source mapping of our own: no engine that runs without Docker maps
 * events as AWS does.
 */
export const eventSourceMapping = defineSubject({
  type: 'eventSourceMapping',
  summary:
    'a Lambda handler under test: batches, retries, bisect, partial batch responses and lanes as Lambda documents them',
  needsGateway: true,
  relativeTo: ({ handler, ...given }, folder) => ({ ...given, handler: handlerIn(handler, folder) }),
  options: mappingOptions,
  make: (options) => (tools) => new Mapping(options, tools),
});

type Handler = string | { readonly cwd?: string };

/** Paths are relative to the scenario's folder, and programs are started there. */
const handlerIn = (handler: unknown, folder: string): Handler => {
  const given = handler as Handler;
  const from = (path: string): string => relative(process.cwd(), resolve(folder, path));
  return typeof given === 'string' ? from(given) : { ...given, cwd: from(given.cwd ?? '.') };
};
