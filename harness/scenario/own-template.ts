import type { ResolvedTemplate } from './resolved.ts';
import { readTemplate, type TemplateFile } from './template-file.ts';

/**
 * The types that a stream needs beside it, or that cost next to nothing, run nothing and hold no user's data. All
 * other types are created only with --allow-resources.
 */
const harmless: ReadonlySet<string> = new Set([
  'AWS::CDK::Metadata',
  'AWS::CloudFormation::WaitConditionHandle',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::Kinesis::ResourcePolicy',
  'AWS::Kinesis::Stream',
  'AWS::Kinesis::StreamConsumer',
  'AWS::Logs::LogGroup',
  'AWS::SSM::Parameter',
]);

export type AskedTemplate = {
  readonly file: string;
  readonly stream: string;
  readonly parameters: Readonly<Record<string, string>>;
};

/**
 * Reads a scenario's template, and compares it with the scenario's statements about it. Throws HarnessError('usage')
 * for a file that is no template; returns all other problems.
 */
export const resolveTemplate = (
  asked: AskedTemplate,
  folder: string,
): { readonly template: ResolvedTemplate; readonly problems: readonly string[] } => {
  const file = readTemplate(asked.file, folder);
  const secret = Object.keys(asked.parameters).filter((name) => file.parameters[name]?.isSecret === true);
  const template = { ...asked, body: file.body, secret, daring: daringOf(file), fixedNames: fixedNamesOf(asked, file) };
  return { template, problems: [...parameterProblems(asked, file), ...streamProblem(asked, file)] };
};

/** The resources that are created only with --allow-resources, because of their type, or because they would stay. */
const daringOf = ({ resources, hasTransform }: TemplateFile): readonly string[] => [
  ...(hasTransform ? ['a Transform, which may make anything'] : []),
  ...Object.entries(resources).flatMap(([id, { type, isRetained }]) => {
    if (!harmless.has(type)) return [`${id} (${type})`];
    return isRetained ? [`${id} (${type}), whose DeletionPolicy leaves it behind`] : [];
  }),
];

/**
 * The names that the template gives to streams. A run must not take over a stream that already exists with such a
 * name.
 */
const fixedNamesOf = ({ parameters }: AskedTemplate, { resources, ...file }: TemplateFile): readonly string[] =>
  Object.values(resources).flatMap(({ type, properties }) => {
    const name = type === 'AWS::Kinesis::Stream' ? properties['Name'] : undefined;
    if (typeof name === 'string') return [name];
    const parameter = (name as { readonly Ref?: unknown } | undefined)?.Ref;
    if (typeof parameter !== 'string') return [];
    const value = parameters[parameter] ?? file.parameters[parameter]?.fallback;
    return value === undefined ? [] : [value];
  });

const parameterProblems = (
  { file, parameters: given }: AskedTemplate,
  { parameters }: TemplateFile,
): readonly string[] => {
  const names = Object.keys(parameters);
  const there = names.length === 0 ? 'it has none' : `it has ${names.join(', ')}`;
  const unknown = Object.keys(given)
    .filter((name) => !names.includes(name))
    .map((name) => `stream.template.parameters.${name}: ${file} has no such parameter; ${there}`);
  const missing = names
    .filter((name) => given[name] === undefined && parameters[name]?.fallback === undefined)
    .map((name) => `stream.template.parameters: ${file} asks for ${name}, which has no Default`);
  const refused = Object.entries(given).flatMap(([name, value]) => {
    const allowed = parameters[name]?.allowed;
    if (allowed === undefined || allowed.includes(value)) return [];
    return [`stream.template.parameters.${name}: ${file} allows ${allowed.join(', ')}, got ${value}`];
  });
  return [...unknown, ...missing, ...refused];
};

const streamProblem = ({ file, stream }: AskedTemplate, { resources, outputs }: TemplateFile): readonly string[] => {
  const streams = Object.keys(resources).filter((id) => resources[id]?.type === 'AWS::Kinesis::Stream');
  if (streams.includes(stream) || outputs.includes(stream)) return [];
  const said = resources[stream] === undefined ? 'nothing' : `a ${resources[stream]?.type}`;
  return [
    `stream.template.stream: ${stream} is ${said} in ${file}; it has the streams ${streams.join(', ') || '(none)'} and the outputs ${outputs.join(', ') || '(none)'}`,
  ];
};
