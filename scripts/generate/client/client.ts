import {
  DocumentError,
  type OpenApiDocument,
  type Operation,
  pascalCase,
  readUploads,
  type Upload,
} from '../../../src/document/index.js';
import { jsdoc } from '../jsdoc.js';
import { modelNames } from '../models.js';
import { KEYWORDS, Names, withoutTexts } from '../names.js';
import { bodyType, bodyTypes, needsBody } from './bodies.js';
import { bodiesOf } from './content.js';
import { renderMethod } from './method.js';
import { type MethodTypes, renderParams } from './params.js';
import { type Result, resultOf } from './result.js';
import { renderUpload, renderUploadBody } from './upload.js';

/** A place in the client: `evses.statusLogs`. */
interface ResourceNode {
  typeName: string;
  /** Where it stands in the client. */
  place: readonly string[];
  children: Map<string, ResourceNode>;
  operations: Operation[];
  uploads: Upload[];
}

/** The client extends this interface: methods outside of resources belong to the client itself. */
const ROOT = 'Resources';

/** What the generated module imports, by file. */
const TYPES: Record<string, readonly string[]> = {
  '../src/client/options.js': ['BodyOptions', 'ListOptions', 'Redirect', 'RequestOptions'],
  '../src/client/pages/page-promise.js': ['PagePromise'],
  '../src/client/resource/api-promise.js': ['ApiPromise'],
  '../src/client/resource/expand.js': ['Given', 'Inlined'],
  '../src/client/resource/wire-types.js': ['Answered', 'FormFields', 'OrDate', 'Sent'],
  '../src/client/upload/file.js': ['UploadFile', 'UploadOptions'],
};
/** Other names that it declares or uses. */
const RESERVED = (
  'ArrayBuffer Blob FormData Header NoParams NonNullable Query Record Resources Uint8Array ' +
  'URLSearchParams models schema'
).split(' ');

/** `generated/client.ts`: an interface for each resource, with a method for each operation. */
export function generateClient(document: OpenApiDocument, operations: readonly Operation[]): string {
  const context = { document, models: modelNames(document) };
  // The package exports models and parameters together, so their names must differ.
  const names = new Names([
    ...KEYWORDS,
    ...Object.values(TYPES).flat(),
    ...RESERVED,
    ...context.models.values(),
  ]);
  const root = buildTree(operations, names);
  placeUploads(root, readUploads(document, operations));
  const declarations: string[] = [];
  const types = new Map<string, MethodTypes>();
  const typesOf = (operation: Operation) => {
    const known = types.get(operation.id) ?? methodTypes(operation, names, context);
    types.set(operation.id, known);
    return known;
  };
  const render = (node: ResourceNode) => {
    const methods = node.operations.map((operation) => {
      const own = typesOf(operation);
      declarations.push(...renderParams(document, operation, own));
      return renderMethod(document, operation, own);
    });
    const uploads = node.uploads.map((upload) => {
      const first = typesOf(upload.start);
      const body = names.claim(`${[...upload.start.resource, upload.method].map(pascalCase).join('')}Body`);
      declarations.push(renderUploadBody(body, upload, first));
      return renderUpload(upload, first, typesOf(upload.finish), body);
    });
    for (const child of node.children.values()) render(child);
    declarations.push(renderResource(node, [...methods, ...uploads]));
  };
  render(root);
  const code = declarations.join('\n');
  return `${header(withoutTexts(code))}\n${code}`;
}

function methodTypes(
  operation: Operation,
  names: Names,
  context: { document: OpenApiDocument; models: Map<string, string> },
): MethodTypes {
  const base = [...operation.resource, operation.methodName].map(pascalCase).join('');
  const query = operation.parameters.some((p) => p.in === 'query' || p.in === 'header');
  const choices = bodiesOf(operation).map(({ mediaType }) => mediaType);
  const apart = bodyTypes(context.document, operation);
  return {
    ...(query ? { params: names.claim(`${base}Params`) } : {}),
    ...(operation.expansion ? { expand: names.claim(`${base}Expand`) } : {}),
    ...(choices.length > 0
      ? {
          body: {
            name: names.claim(`${base}Body`),
            type: bodyType(context.document, operation),
            required: needsBody(context.document, operation),
            choices,
            ...(apart ? { apart } : {}),
          },
        }
      : {}),
    ...answerOf(resultOf(context.document, operation, context.models), base, names),
  };
}

/** An operation's answer, with a name of its own if its schema has none. */
function answerOf(result: Result, base: string, names: Names): Pick<MethodTypes, 'answer' | 'result'> {
  if (!result.unnamed) return { result };
  const name = names.claim(`${base}${result.isList ? 'Item' : 'Answer'}`);
  return { answer: { name, type: result.type }, result: { ...result, type: name } };
}

function buildTree(operations: readonly Operation[], names: Names): ResourceNode {
  const root: ResourceNode = { typeName: ROOT, place: [], children: new Map(), operations: [], uploads: [] };
  for (const operation of operations) {
    let node = root;
    operation.resource.forEach((name, index) => {
      let child = node.children.get(name);
      if (!child) {
        const typeName = names.claim(
          `${operation.resource
            .slice(0, index + 1)
            .map(pascalCase)
            .join('')}Resource`,
        );
        child = {
          typeName,
          place: operation.resource.slice(0, index + 1),
          children: new Map(),
          operations: [],
          uploads: [],
        };
        node.children.set(name, child);
      }
      node = child;
    });
    node.operations.push(operation);
  }
  return root;
}

/** Puts each upload next to the operation that announces the file. */
function placeUploads(root: ResourceNode, uploads: readonly Upload[]): void {
  for (const upload of uploads) {
    const { method, start } = upload;
    let node: ResourceNode | undefined = root;
    for (const part of start.resource) node = node?.children.get(part);
    const isTaken =
      node?.operations.some(({ methodName }) => methodName === method) || node?.children.has(method);
    if (isTaken) throw new DocumentError(`x-upload: the name '${method}' is taken`, start.pointer);
    node?.uploads.push(upload);
  }
}

function renderResource(node: ResourceNode, methods: readonly string[]): string {
  const children = [...node.children].map(([name, child]) => `  readonly ${name}: ${child.typeName};\n`);
  const parts = [children.join(''), ...methods].filter(Boolean);
  return `${describeResource(node)}export interface ${node.typeName} {\n${parts.join('\n')}}\n`;
}

/** What a reader sees who comes upon the resource in the reference, or on its name in an editor. */
function describeResource({ typeName, place, operations, uploads, children }: ResourceNode): string {
  if (typeName === ROOT) return '/** The resources of the API, each with the methods of its operations. */\n';
  const names = [
    ...operations.map(({ methodName }) => `${methodName}()`),
    ...uploads.map(({ method }) => `${method}()`),
    ...children.keys(),
  ];
  const [shortest] = operations.map(({ path }) => path).sort((a, b) => a.length - b.length);
  const path = shortest === undefined ? '' : `, for \`${shortest}\``;
  const members = names.map((name) => `\`${name}\``).join(', ');
  return jsdoc([`\`ev.${place.join('.')}\`${path}: ${members}.`]);
}

/** Imports and helper types for the declarations. */
function header(code: string): string {
  const used = (name: string) => new RegExp(`\\b${name}\\b`).test(code);
  const types = Object.entries(TYPES).flatMap(([file, names]) => {
    const list = names.filter(used);
    return list.length > 0 ? [`import type { ${list.join(', ')} } from '${file}';`] : [];
  });
  const group = (name: string, place: string) =>
    code.includes(`${name}<`)
      ? [
          `type ${name}<Id extends keyof schema.operations> = NonNullable<schema.operations[Id]['parameters']['${place}']>;`,
        ]
      : [];
  const groups = [...group('Query', 'query'), ...group('Header', 'header')];
  const noParams = ['/** The operation has no parameters yet. */', 'type NoParams = Record<string, never>;'];
  return [
    ...types,
    ...(code.includes('models.') ? ["import type * as models from './models.js';"] : []),
    ...(groups.length > 0 || code.includes('schema.') ? ["import type * as schema from './schema.js';"] : []),
    '',
    ...groups,
    ...(used('NoParams') ? noParams : []),
    '',
  ].join('\n');
}
