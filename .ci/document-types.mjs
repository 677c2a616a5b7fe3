// The compiler drops the comments of a schema's fields when it writes the types that it infers from the schema. This
// puts them back, so that an editor shows each option of a builder with its docstring.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { glob } from 'tinyglobby';
import ts from 'typescript';

const sourceOf = (path) => ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);

/** The docstrings of the fields of all object literals of a file, by the name of the field. The first one counts. */
const fieldDocs = (source) => {
  const docs = new Map();
  const visit = (node) => {
    if ((ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) && !docs.has(node.name.text)) {
      const comment = (ts.getLeadingCommentRanges(source.text, node.pos) ?? []).at(-1);
      const text = comment === undefined ? '' : source.text.slice(comment.pos, comment.end);
      if (text.startsWith('/**'))
        docs.set(
          node.name.text,
          text
            .replace(/\s*\n\s*\* (?!\/)/g, ' ')
            .replace(/\s+\*\/$/, ' */')
            .replace(/^\/\*\*\s+/, '/** '),
        );
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return docs;
};

const importsOf = (source) =>
  source.statements
    .filter(ts.isImportDeclaration)
    .map(({ moduleSpecifier }) => moduleSpecifier.text)
    .filter((path) => path.startsWith('.'))
    .map((path) => join(dirname(source.fileName), path));

/** The docstrings for a file: its own, otherwise those of its imports, otherwise those of their imports. */
const docsOf = (path) => {
  const files = importsOf(sourceOf(path));
  const nested = files.flatMap((file) => importsOf(sourceOf(file)));
  return new Map([...nested, ...files, path].flatMap((file) => [...fieldDocs(sourceOf(file))]));
};

/** A field of a schema. Types that are derived from a schema show its comments. */
const field = /^(\s+)(\w+): (?:z|import\("zod"\))\.Zod/;
let documented = 0;
for (const path of await glob('dist/**/*.d.ts')) {
  const text = readFileSync(path, 'utf8');
  const source = path.replace(/^dist/, 'harness').replace(/\.d\.ts$/, '.ts');
  if (!existsSync(source) || !/\bZodObject<\{/.test(text)) continue;
  const docs = docsOf(source);
  const lines = text.split('\n').flatMap((line) => {
    const [, indent, name] = field.exec(line) ?? [];
    const doc = docs.get(name);
    if (doc === undefined) return [line];
    documented += 1;
    return [`${indent}${doc}`, line];
  });
  writeFileSync(path, lines.join('\n'));
}
console.error(`declarations: ${documented} options documented`);
if (documented === 0) throw new Error('no option of a builder has a docstring');
