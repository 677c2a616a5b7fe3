// What an editor shows of the installed package: the options of a builder, each with its docstring.
import { join } from 'node:path';
import ts from 'typescript';

const asked = {
  "defineScenario({ name: '', why: '', producers: [putRecord({ HERE })] })": ['inFlight', 'rate', 'name'],
  "defineScenario({ name: '', why: '', producers: [{ type: 'putRecords', HERE }] })": ['batch', 'retry', 'lanes'],
  "command({ run: ['node'], HERE })": ['identity', 'wait', 'records'],
  "command({ role: 'subject', run: ['node'], HERE })": ['owes', 'lines', 'instances'],
  "fn('./mine.ts', { HERE })": ['rate', 'keys'],
  'getRecords({ HERE })': ['limit', 'restartAfter'],
  "eventSourceMapping({ handler: '', HERE })": ['batchSize', 'bisect'],
  'failRecord({ HERE })': ['call', 'entries', 'stored'],
  'dropRead({ HERE })': ['read', 'shard'],
  'killConsumer({ HERE })': ['of', 'restart'],
  'splitShard({ HERE })': ['afterAcked', 'shard'],
  'defineScenario({ HERE })': ['producers', 'consumers', 'faults', 'workload'],
};

/** Fields that an editor in `folder`, which has the package, does not offer, or offers without a docstring. */
export const missingCompletions = (folder) => {
  const names = [...new Set(Object.keys(asked).flatMap((code) => code.match(/\b[a-z]\w+(?=\()/gi) ?? []))];
  const head = `import { ${names.join(', ')} } from 'kinesis-order';\n`;
  const path = join(folder, 'complete.ts');
  let text = '';
  let version = 0;
  const service = ts.createLanguageService({
    ...{ getScriptFileNames: () => [path], getScriptVersion: (file) => (file === path ? String(version) : '1') },
    ...{ getCurrentDirectory: () => folder, getDefaultLibFileName: ts.getDefaultLibFilePath },
    ...{ fileExists: ts.sys.fileExists, readFile: ts.sys.readFile, directoryExists: ts.sys.directoryExists },
    getScriptSnapshot: (file) => {
      const content = file === path ? text : ts.sys.readFile(file);
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
    },
    getCompilationSettings: () => ({ strict: true, module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2023 }),
  });
  return Object.entries(asked).flatMap(([code, fields]) => {
    text = `${head}${code.replace('HERE', '')};\n`;
    version += 1;
    const at = head.length + code.indexOf('HERE');
    const documented = (field) => {
      const details = service.getCompletionEntryDetails(path, at, field, {}, undefined, {}, undefined);
      return (details?.documentation ?? []).length > 0;
    };
    return fields.filter((field) => !documented(field)).map((field) => `${field} in ${code.replace('HERE', '…')}`);
  });
};
