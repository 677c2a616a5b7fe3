import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { z } from 'zod';
import { lineSchema, lineSchemas } from '../history/schema.ts';
import { scenarioJsonSchema } from '../scenario/json-schema.ts';
import { vocabulary } from '../session/catalog.ts';
import { helpTexts } from './cli.ts';
import { labBlock } from './lab-block.ts';
import { faultTables, lists, markdownTable } from './list-command.ts';
import { renderRights } from './rights.ts';

/**
 * Renders the parts of the docs that come from the code: tables from the registries, the history format from its
 * schemas. `--check` fails if a file is out of date.
 */
const isCheck = process.argv.includes('--check');
const marker = /<!-- rendered: ([a-z0-9-]+) -->\n[\s\S]*?<!-- \/rendered -->/g;

const rendered: Readonly<Record<string, () => Promise<string>>> = {
  'docs/history.schema.json': () => Promise.resolve(`${JSON.stringify(z.toJSONSchema(lineSchema), null, 2)}\n`),
  'docs/scenario.schema.json': () => Promise.resolve(`${JSON.stringify(scenarioJsonSchema(vocabulary), null, 2)}\n`),
  'docs/history-format.md': filled,
  'docs/catalogue.md': filled,
  'docs/architecture.md': filled,
  'docs/cli.md': filled,
  'docs/faults.md': filled,
  'docs/iam.md': filled,
  'docs/lab.md': filled,
  'README.md': filled,
};

async function filled(this: { readonly path: string }): Promise<string> {
  const text = await readFile(this.path, 'utf8');
  const blocks = [...text.matchAll(marker)].map(([, name = '']) => name);
  const contents = new Map<string, string>();
  for (const name of blocks) contents.set(name, await blockOf(name));
  return text.replaceAll(
    marker,
    (_, name: string) => `<!-- rendered: ${name} -->\n\n${contents.get(name) ?? ''}\n\n<!-- /rendered -->`,
  );
}

const blockOf = async (name: string): Promise<string> => {
  if (name === 'history-lines')
    return Object.entries(lineSchemas)
      .map(([type, schema]) => lineTable(type, schema))
      .join('\n\n');
  if (name === 'claims') return claimsTable();
  if (name === 'iam') return renderRights();
  if (name === 'import-table') return importTable();
  if (name === 'cli')
    return helpTexts()
      .map(([verb, help]) => `## ${verb}\n\n\`\`\`text\n${help}\n\`\`\``)
      .join('\n\n');
  if (name.startsWith('lab-')) return labBlock(name);
  const faultTable = faultTables[name];
  if (faultTable !== undefined) return markdownTable(faultTable());
  if (Object.hasOwn(lists, name)) return markdownTable(await lists[name as keyof typeof lists]());
  throw new Error(`there is nothing to render for ${name}`);
};

/** The table of folders in docs/architecture.md, from the import rules. */
const importTable = (): string => {
  type Room = { readonly what: string; readonly may: readonly string[] };
  const table = createRequire(import.meta.url)('../../.ci/import-table.cjs') as Readonly<Record<string, Room>>;
  const rows = Object.entries(table).map(([room, { what, may }]) => [`\`${room}\``, what, may.join(', ')]);
  return markdownTable({ head: ['folder of `harness/`', 'holds', 'may import'], rows });
};

/** The README's table of claims: id, what is wrong, what is expected by default. */
const claimsTable = async (): Promise<string> => {
  const { rows } = await lists.checks();
  return markdownTable({
    head: ['claim', 'violated when', 'by default'],
    rows: rows.map(([id = '', expect = '', summary = '']) => [`\`${id}\``, summary, expect]),
  });
};

type Json = {
  readonly properties?: Readonly<Record<string, Json>>;
  readonly required?: readonly string[];
  readonly items?: Json;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Json[];
  readonly prefixItems?: readonly Json[];
};

const lineTable = (type: string, schema: z.ZodType): string => {
  const rows = [...fieldsOf(z.toJSONSchema(schema) as Json, '')];
  return `### \`${type}\`\n\n${markdownTable({ head: ['field', 'type', 'required', 'meaning'], rows })}`;
};

function* fieldsOf(schema: Json, prefix: string): Generator<readonly string[]> {
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    const path = `${prefix}${name}`;
    yield [
      `\`${path}\``,
      typeOf(field),
      schema.required?.includes(name) === true ? 'yes' : '',
      field.description ?? '',
    ];
    yield* fieldsOf(field, `${path}.`);
    if (field.items !== undefined) yield* fieldsOf(field.items, `${path}[].`);
  }
}

const typeOf = (field: Json): string => {
  if (field.const !== undefined) return JSON.stringify(field.const);
  if (field.enum !== undefined) return field.enum.map((value) => JSON.stringify(value)).join(' \\| ');
  if (field.prefixItems !== undefined) return `[${field.prefixItems.map(typeOf).join(', ')}]`;
  if (field.anyOf !== undefined) return field.anyOf.map(typeOf).join(' \\| ');
  if (field.items !== undefined) return `list of ${typeOf(field.items)}`;
  return String(field.type ?? 'any');
};

await mkdir('docs', { recursive: true });
const stale: string[] = [];
for (const [path, render] of Object.entries(rendered)) {
  const fresh = await render.call({ path });
  const known = await readFile(path, 'utf8').catch(() => '');
  if (fresh === known) continue;
  stale.push(path);
  if (!isCheck) await writeFile(path, fresh);
}
if (isCheck && stale.length > 0) {
  process.stderr.write(`not fresh: ${stale.join(', ')}; run npm run docs\n`);
  process.exitCode = 1;
} else process.stdout.write(`docs: ${stale.length === 0 ? 'fresh' : `rendered ${stale.join(', ')}`}\n`);
