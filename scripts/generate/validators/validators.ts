import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { _ } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { build, type Plugin } from 'esbuild';
import {
  DocumentError,
  fragmentOf,
  notAskingFor,
  type OpenApiDocument,
  type Operation,
  schemaCompiler,
  withLinearErrors,
  withoutUnreadable,
} from '../../../src/document/index.js';
import { ROOT } from '../../root.js';

/** The validator's name for each operation, status and media type. */
type Table = Map<string, Record<string, Record<string, string>>>;

const NAME = 'openapi';

/** The formats that are functions; esbuild includes them in the bundle. */
const CHECKS = join(ROOT, 'src/document/values/checks.ts');

/** `generated/validators.js`: one function for each JSON body of each response, in a module without imports. */
export async function generateValidators(
  document: OpenApiDocument,
  operations: readonly Operation[],
): Promise<string> {
  const { pointers, table } = collect(operations);
  const code = compile(document, pointers);
  const exported = `${code}\nexports.validators = ${render(table)};`;
  const bundle = await build({
    stdin: { contents: exported, resolveDir: ROOT, loader: 'js' },
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['main'],
    minify: true,
    write: false,
    legalComments: 'none',
    plugins: [withoutSource],
  });
  const text = bundle.outputFiles[0]?.text ?? '';
  return named(text);
}

/** `generated/validators.d.ts`. */
export function validatorTypes(): string {
  return `/** One place where an answer doesn't fit its schema, as ajv reports it. */
export interface SchemaViolation {
  /** JSON pointer into the answer. */
  instancePath: string;
  params: Record<string, unknown>;
  message?: string;
}

/** Tells whether a body fits its schema; \`errors\` holds the reasons until the next call. */
export interface Validate {
  (body: unknown): boolean;
  errors?: SchemaViolation[] | null;
}

/** By operation id, status as the document writes it, media type. */
export declare const validators: Readonly<
  Record<string, Readonly<Record<string, Readonly<Record<string, Validate>>>>>
>;
`;
}

function collect(operations: readonly Operation[]): { pointers: Map<string, string>; table: Table } {
  const pointers = new Map<string, string>();
  const table: Table = new Map();
  for (const operation of operations) {
    const statuses: Record<string, Record<string, string>> = {};
    table.set(operation.id, statuses);
    for (const response of operation.responses) {
      // Included without a body too: a status that isn't in the table isn't described.
      statuses[response.status] = {};
      for (const media of response.content) {
        if (!media.schemaPointer || !/[/+]json\b/.test(media.mediaType)) continue;
        const name = pointers.get(media.schemaPointer) ?? `v${pointers.size}`;
        pointers.set(media.schemaPointer, name);
        statuses[response.status] = { ...statuses[response.status], [media.mediaType]: name };
      }
    }
  }
  return { pointers, table };
}

function compile(document: OpenApiDocument, pointers: Map<string, string>): string {
  const ajv = schemaCompiler([document], {
    code: { source: true, esm: false, lines: false, optimize: 2, formats: _`require(${CHECKS}).checks` },
    allErrors: true,
    inlineRefs: false,
  });
  // As a whole and unchecked: OpenAPI's own keywords aren't valid JSON Schema.
  ajv.addSchema(notAskingFor('writeOnly', withoutUnreadable(document).document), NAME, false, false);
  const ids: Record<string, string> = {};
  for (const [pointer, name] of pointers) {
    ids[name] = name;
    try {
      ajv.addSchema({ $id: name, $ref: `${NAME}${fragmentOf(pointer)}` });
      ajv.getSchema(name);
    } catch (cause) {
      throw new DocumentError(`No validator can be made: ${(cause as Error).message}`, pointer);
    }
  }
  return withoutPlaces(withLinearErrors(standalone.default(ajv, ids)));
}

/** Where in the schema an error arose is a tenth of the code, and nobody who gets an answer knows the schema by it. */
function withoutPlaces(code: string): string {
  return code.replace(/,schemaPath:"(?:[^"\\]|\\.)*",keyword:"(?:[^"\\]|\\.)*"(?=,params:)/g, '');
}

function render(table: Table): string {
  const rows = [...table].map(([id, statuses]) => {
    const columns = Object.entries(statuses).map(([status, media]) => {
      const functions = Object.entries(media).map(
        ([type, name]) => `${JSON.stringify(type)}:exports.${name}`,
      );
      return `${JSON.stringify(status)}:{${functions.join()}}`;
    });
    // In brackets, `__proto__` is a member like any other.
    return `[${JSON.stringify(id)}]:{${columns.join()}}`;
  });
  return `{${rows.join(',\n')}}`;
}

/** ajv's runtime contains `require(…)` in strings for its own code generator, which the module doesn't need. */
const withoutSource: Plugin = {
  name: 'without-source',
  setup(bundle) {
    bundle.onLoad({ filter: /ajv[\\/]dist[\\/]runtime[\\/]/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replace(/^\w+\.code = .*$/gm, ''),
    }));
  },
};

/** esbuild turns the CommonJS source into a default export; callers need a named one. */
export function named(text: string): string {
  return text.replace(/export default ([\w$]+)\(\);\s*$/, 'export const { validators } = $1();\n');
}
