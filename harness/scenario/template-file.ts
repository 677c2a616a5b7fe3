import { resolve } from 'node:path';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import { HarnessError, messageOf } from '../lib/error.ts';
import { depthMax, nestingOf } from '../lib/parse-json.ts';
import { readTextSync } from '../lib/read-text.ts';
import { templateTags } from './template-tags.ts';

/**
 * The facts of a CloudFormation template that a run must know. One parser reads both formats and knows lines, because
 * JSON is YAML, too.
 */
export type TemplateFile = {
  readonly body: string;
  readonly resources: Readonly<Record<string, TemplateResource>>;
  readonly parameters: Readonly<Record<string, TemplateParameter>>;
  readonly outputs: readonly string[];
  readonly hasTransform: boolean;
};
export type TemplateResource = {
  readonly type: string;
  /** True if its DeletionPolicy is not Delete: it stays when the stack is deleted. */
  readonly isRetained: boolean;
  readonly properties: Fields;
};
export type TemplateParameter = {
  readonly fallback?: string;
  readonly isSecret: boolean;
  readonly allowed?: readonly string[];
};
type Fields = Readonly<Record<string, unknown>>;

/** Source: CloudFormation quotas, "template body size in a request". */
const bytesMax = 51_200;

/** Reads a template. Throws HarnessError('usage') that names file and line. */
export const readTemplate = (file: string, folder: string): TemplateFile => {
  const body = readBody(file, folder);
  const lines = new LineCounter();
  if (nestingOf(body) > depthMax) throw wrong(file, 1, 'it cannot be read: its values are nested too deep');
  try {
    return documentFacts(file, body, lines);
  } catch (thrown) {
    if (thrown instanceof HarnessError) throw thrown;
    throw wrong(file, 1, `it cannot be read: ${reasonOf(thrown)}`);
  }
};

/** The reason why the parser gave up: values nested too deep, or few aliases that stand for too much. */
const reasonOf = (thrown: unknown): string => {
  if (thrown instanceof RangeError) return 'its values are nested too deep';
  return messageOf(thrown).startsWith('Excessive alias count') ? 'its aliases stand for too much' : messageOf(thrown);
};

const documentFacts = (file: string, body: string, lines: LineCounter): TemplateFile => {
  const document = parseDocument(body, { customTags: templateTags, lineCounter: lines, prettyErrors: true });
  const flaw = document.errors[0] ?? document.warnings[0];
  if (flaw?.message.startsWith('Maximum call stack') === true) throw new RangeError(flaw.message);
  if (flaw !== undefined)
    throw wrong(file, flaw.linePos?.[0].line ?? 1, flaw.message.split('\n')[0]?.replace(/ at line \d+.*$/, '') ?? '');
  return factsOf(file, body, document, (path) => lineOf(document, lines, path));
};

const readBody = (file: string, folder: string): string => {
  let body: string;
  try {
    body = readTextSync(resolve(folder, file), file);
  } catch (thrown) {
    throw new HarnessError('usage', `stream.template.file: ${messageOf(thrown)}`, {
      hint: 'the path is relative to the scenario file',
      cause: thrown,
    });
  }
  const bytes = Buffer.byteLength(body);
  if (bytes <= bytesMax) return body;
  throw wrong(file, 1, `${bytes} bytes, and CloudFormation takes ${bytesMax} of a template in a request`);
};

type LineOf = (path: readonly string[]) => number;

const factsOf = (file: string, body: string, document: Document, line: LineOf): TemplateFile => {
  const template = toFields(document);
  if (template === undefined) throw wrong(file, 1, 'not a CloudFormation template: it is no map of sections');
  const sections = ['Resources', 'Parameters', 'Outputs'].map((name) => {
    const section: unknown = template[name] ?? {};
    if (!isFields(section)) throw wrong(file, line([name]), `${name} is not a map`);
    return section;
  });
  const [resources = {}, parameters = {}, outputs = {}] = sections;
  if (Object.keys(resources).length === 0)
    throw wrong(file, line(['Resources']), 'not a CloudFormation template: it has no Resources');
  return {
    body,
    resources: mapped(resources, (id, value) => resourceOf(value) ?? wrongResource(file, id, line)),
    parameters: mapped(parameters, (_, value) => parameterOf(isFields(value) ? value : {})),
    outputs: Object.keys(outputs),
    hasTransform: template['Transform'] !== undefined,
  };
};

const toFields = (document: Document): Fields | undefined => {
  const value: unknown = document.toJS();
  return isFields(value) ? value : undefined;
};

const mapped = <T>(fields: Fields, each: (name: string, value: unknown) => T): Readonly<Record<string, T>> =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, each(name, value)]));

const resourceOf = (value: unknown): TemplateResource | undefined => {
  if (!isFields(value) || typeof value['Type'] !== 'string') return undefined;
  const policy = value['DeletionPolicy'];
  const properties = value['Properties'];
  return {
    type: value['Type'],
    isRetained: policy !== undefined && policy !== 'Delete',
    properties: isFields(properties) ? properties : {},
  };
};

const wrongResource = (file: string, id: string, line: LineOf): never => {
  throw wrong(file, line(['Resources', id]), `resource ${id} has no Type`);
};

const parameterOf = ({ Default: fallback, NoEcho, AllowedValues: allowed }: Fields): TemplateParameter => ({
  ...(fallback === undefined ? {} : { fallback: String(fallback as string | number) }),
  isSecret: NoEcho === true || NoEcho === 'true',
  ...(Array.isArray(allowed) ? { allowed: allowed.map(String) } : {}),
});

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The line of the nearest existing node on a path, from 1. */
const lineOf = (document: Document, lines: LineCounter, path: readonly string[]): number => {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
};

const wrong = (file: string, line: number, what: string): HarnessError =>
  new HarnessError('usage', `${file}:${line}: ${what}`, {
    hint: 'a CloudFormation template, JSON or YAML, is expected',
  });
