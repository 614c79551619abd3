import {
  isObject,
  type JsonObject,
  join,
  lookup,
  type OpenApiDocument,
  type Operation,
  readOperations,
  resolve,
  tokens,
} from '../../../src/document/index.js';
import type { Direction } from './types.js';

/** Who uses a place of the document, and which way its data goes. */
export interface Use {
  /** Methods of the client. */
  methods: ReadonlySet<string>;
  directions: ReadonlySet<Direction>;
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** Tells who uses a place of the document, directly or through references. */
export class Usage {
  readonly #components = new Map<string, { methods: Set<string>; directions: Set<Direction> }>();
  readonly #methods: ReadonlyMap<string, string>;

  constructor(document: OpenApiDocument) {
    this.#methods = new Map(
      readOperations(document).map((operation) => [operation.pointer, nameOf(operation)]),
    );
    for (const root of ['paths', 'webhooks']) {
      const items = isObject(document[root]) ? document[root] : {};
      for (const [name, item] of Object.entries(items)) {
        this.#readItem(document, resolve(document, item, join('#', root, name)).value, join('#', root, name));
      }
    }
  }

  /** The uses of what stands at a pointer. */
  at(pointer: string): Use {
    const [root, name, method, member] = tokens(pointer);
    if ((root === 'paths' || root === 'webhooks') && name !== undefined) {
      const item = join('#', root, name);
      const operations = method !== undefined && METHODS.includes(method) ? [method] : METHODS;
      return {
        methods: new Set(operations.flatMap((m) => this.#methods.get(join(item, m)) ?? [])),
        directions: new Set([directionOf(root, operations.length === 1 ? member : method)]),
      };
    }
    return this.#components.get(componentOf(pointer) ?? '') ?? { methods: new Set(), directions: new Set() };
  }

  #readItem(document: OpenApiDocument, item: JsonObject, pointer: string): void {
    const root = tokens(pointer)[0] ?? '';
    for (const method of METHODS) {
      const operation = item[method];
      if (!isObject(operation)) continue;
      const name = this.#methods.get(join(pointer, method));
      for (const [member, part] of [...Object.entries(operation), ['parameters', item.parameters] as const]) {
        this.#follow(document, part, { name, direction: directionOf(root, member) });
      }
    }
  }

  #follow(
    document: OpenApiDocument,
    part: unknown,
    use: { name: string | undefined; direction: Direction },
  ): void {
    const seen = new Set<string>();
    const visit = (value: unknown) => {
      if (typeof value !== 'object' || value === null) return;
      const component =
        isObject(value) && typeof value.$ref === 'string' ? componentOf(value.$ref) : undefined;
      if (component === undefined) {
        for (const child of Object.values(value)) visit(child);
      } else if (!seen.has(component)) {
        seen.add(component);
        this.#add(component, use);
        visit(lookup(document, component));
      }
    };
    visit(part);
  }

  #add(component: string, { name, direction }: { name: string | undefined; direction: Direction }): void {
    const use = this.#components.get(component) ?? { methods: new Set(), directions: new Set() };
    if (name !== undefined) use.methods.add(name);
    use.directions.add(direction);
    this.#components.set(component, use);
  }
}

/** What calls the operation: `evses.statusLogs.list`. */
export function nameOf(operation: Operation): string {
  return [...operation.resource, operation.methodName].join('.');
}

/** `#/components/schemas/EVSE/properties/id` → `#/components/schemas/EVSE` */
export function componentOf(pointer: string): string | undefined {
  const [root, kind, name] = tokens(pointer);
  return root === 'components' && kind !== undefined && name !== undefined
    ? join('#', root, kind, name)
    : undefined;
}

/** A webhook is the other way round: its request comes to the consumer. */
function directionOf(root: string, member: string | undefined): Direction {
  const received = member === 'responses' || member === 'callbacks';
  return received === (root === 'paths') ? 'received' : 'sent';
}
