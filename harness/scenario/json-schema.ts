import { z } from 'zod';
import { scenarioSchema } from './schema.ts';
import type { Options, Vocabulary } from './vocabulary.ts';

type Json = Readonly<Record<string, unknown>>;

const told = { io: 'input', unrepresentable: 'any' } as const;
const name: Json = { type: 'string', minLength: 1, maxLength: 60 };

/** The JSON Schema of a scenario file, for editors. Each variant has the options of its own schema. */
export const scenarioJsonSchema = (vocabulary: Vocabulary): Json => {
  const { properties = {}, ...schema } = z.toJSONSchema(scenarioSchema(vocabulary), told);
  const { workload, producers, consumers, faults } = properties as Readonly<Record<string, Json>>;
  return {
    ...schema,
    properties: {
      $schema: { type: 'string' },
      ...properties,
      workload: { ...workload, properties: { ...(workload?.['properties'] as Json), ...workloadOf(vocabulary) } },
      producers: { ...producers, items: anyOf(vocabulary.producers, { name }) },
      consumers: { ...consumers, items: anyOf(vocabulary.consumers, { name }) },
      faults: { ...faults, items: anyOf(vocabulary.faults) },
    },
  };
};

const workloadOf = ({ payloads, partitionKeys }: Vocabulary): Json => ({
  payload: anyOf(payloads),
  partitionKey: anyOf(partitionKeys),
});

const anyOf = (known: Options, more: Json = {}): Json => ({
  anyOf: Object.entries(known).map(([type, { options }]) => {
    const { $schema: _, properties = {}, required = [], ...own } = z.toJSONSchema(options, told);
    return {
      ...own,
      properties: { type: { const: type }, ...more, ...properties },
      required: ['type', ...required],
    };
  }),
});
