import type { OpenApiDocument, Operation } from '../../../src/document/index.js';
import { pascalCase } from '../../../src/document/index.js';
import { modelNames } from '../models.js';
import { KEYWORDS, Names } from '../names.js';
import { rowNames } from '../operations.js';
import { renderMethod } from './method.js';
import { type MethodTypes, renderParams } from './params.js';
import { bodyOf, resultOf } from './result.js';

/** A place in the client: `evses.statusLogs`. */
interface ResourceNode {
  className: string;
  children: Map<string, ResourceNode>;
  operations: Operation[];
}

const IMPORTS = [
  'Resource',
  'Core',
  'ApiPromise',
  'PagePromise',
  'Given',
  'Inlined',
  'ListOptions',
  'RequestOptions',
  'Redirect',
];
const LOCAL = [
  'Resources',
  'NoParams',
  'Query',
  'Header',
  'Path',
  'Writable',
  'Blob',
  'models',
  'rows',
  'schema',
];

/** `generated/client.ts`: a class for each resource, a method for each operation. */
export function generateClient(document: OpenApiDocument, operations: readonly Operation[]): string {
  const context = { document, rows: rowNames(operations), models: modelNames(document) };
  // The package exports models and parameters side by side.
  const names = new Names([...KEYWORDS, ...IMPORTS, ...LOCAL, ...context.models.values()]);
  const root = buildTree(operations, names);
  const declarations: string[] = [];
  const render = (node: ResourceNode) => {
    const methods = node.operations.map((operation) => {
      const types = methodTypes(operation, names, context);
      declarations.push(...renderParams(document, operation, types));
      return renderMethod(document, operation, types);
    });
    for (const child of node.children.values()) render(child);
    declarations.push(renderClass(node, methods));
  };
  for (const child of root.children.values()) render(child);
  declarations.push(renderRoot(root));
  return `${header(declarations.join('\n'))}\n${declarations.join('\n')}`;
}

function methodTypes(
  operation: Operation,
  names: Names,
  context: { document: OpenApiDocument; rows: Map<string, string>; models: Map<string, string> },
): MethodTypes {
  const base = [...operation.resource, operation.methodName].map(pascalCase).join('');
  const query = operation.parameters.some((p) => p.in === 'query' || p.in === 'header');
  return {
    row: `rows.${context.rows.get(operation.id)}`,
    ...(query ? { params: names.claim(`${base}Params`) } : {}),
    ...(operation.expansion ? { expand: names.claim(`${base}Expand`) } : {}),
    ...(operation.requestBody
      ? { body: { name: names.claim(`${base}Body`), type: bodyOf(context.document, operation) } }
      : {}),
    result: resultOf(context.document, operation, context.models),
  };
}

function buildTree(operations: readonly Operation[], names: Names): ResourceNode {
  const root: ResourceNode = { className: 'Resources', children: new Map(), operations: [] };
  for (const operation of operations) {
    let node = root;
    operation.resource.forEach((name, index) => {
      let child = node.children.get(name);
      if (!child) {
        const className = names.claim(
          `${operation.resource
            .slice(0, index + 1)
            .map(pascalCase)
            .join('')}Resource`,
        );
        child = { className, children: new Map(), operations: [] };
        node.children.set(name, child);
      }
      node = child;
    });
    node.operations.push(operation);
  }
  return root;
}

function renderClass(node: ResourceNode, methods: readonly string[]): string {
  const children = [...node.children].map(
    ([name, child]) => `  readonly ${name}: ${child.className} = new ${child.className}(this._core);\n`,
  );
  const parts = [children.join(''), ...methods].filter(Boolean);
  return `export class ${node.className} extends Resource {\n${parts.join('\n')}}\n`;
}

/** The class that the client extends: operations of the path `/` are its own methods. */
function renderRoot(root: ResourceNode): string {
  const children = [...root.children].map(([name, child]) => ({ name, className: child.className }));
  const fields = children.map(({ name, className }) => `  readonly ${name}: ${className};\n`).join('');
  const created = children
    .map(({ name, className }) => `    this.${name} = new ${className}(core);\n`)
    .join('');
  return `/** The resources of the API, each with the methods of its operations. */
export class Resources {
${fields}
  constructor(core: Core) {
${created}  }
}
`;
}

/** Imports of what the declarations use. */
function header(code: string): string {
  const used = (name: string) => new RegExp(`\\b${name}\\b`).test(code);
  const types = (names: readonly string[], file: string) => {
    const list = names.filter(used);
    return list.length > 0 ? [`import type { ${list.join(', ')} } from '${file}';`] : [];
  };
  return [
    ...types(['ApiPromise'], '../src/client/resource/api-promise.js'),
    ...types(['Given', 'Inlined'], '../src/client/resource/expand.js'),
    ...types(['ListOptions', 'Redirect', 'RequestOptions'], '../src/client/options.js'),
    ...types(['PagePromise'], '../src/client/pages/page-promise.js'),
    ...(used('Core') ? [`import { type Core, Resource } from '../src/client/resource/resource.js';`] : []),
    ...(used('models') ? [`import type * as models from './models.js';`] : []),
    ...(used('rows') ? [`import * as rows from './operations.js';`] : []),
    ...(/\b(schema\.|Query<|Header<)/.test(code) ? [`import type * as schema from './schema.js';`] : []),
    '',
    ...(used('Query')
      ? [
          "type Query<Id extends keyof schema.operations> = NonNullable<schema.operations[Id]['parameters']['query']>;",
        ]
      : []),
    ...(used('Header')
      ? [
          "type Header<Id extends keyof schema.operations> = NonNullable<schema.operations[Id]['parameters']['header']>;",
        ]
      : []),
    ...(used('NoParams')
      ? ['/** The operation has no parameters yet. */', 'type NoParams = Record<string, never>;']
      : []),
    '',
  ].join('\n');
}
