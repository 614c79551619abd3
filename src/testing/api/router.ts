import { type Operation, pathParameters } from '../../document/index.js';
import type { FakeRequest } from '../http/exchange.js';
import { notFound, Problem } from '../problems.js';
import { templatePattern } from '../resources/template.js';
import type { Route, Router } from '../world.js';

interface Template {
  pattern: RegExp;
  names: string[];
  methods: Map<string, Operation>;
}

/** Finds the operation of a request among those of the document. */
export class DocumentRouter implements Router {
  readonly #templates: Template[];
  readonly #basePath: string;

  /** @param basePath path in front of the document's paths. */
  constructor(operations: readonly Operation[], basePath: string) {
    this.#basePath = basePath;
    const templates = new Map<string, Template>();
    for (const operation of operations) {
      const template = templates.get(operation.path) ?? {
        pattern: templatePattern(operation.path, '^'),
        names: pathParameters(operation.path),
        methods: new Map(),
      };
      template.methods.set(operation.method, operation);
      templates.set(operation.path, template);
    }
    // A concrete segment wins over a templated one (OpenAPI 3.1, paths object).
    this.#templates = [...templates]
      .sort(([a], [b]) => (concrete(a) < concrete(b) ? -1 : 1))
      .map(([, template]) => template);
  }

  match(request: FakeRequest): Route {
    const { pathname } = request.url;
    const inside = pathname.startsWith(`${this.#basePath}/`);
    const path = inside ? pathname.slice(this.#basePath.length) : '';
    for (const { pattern, names, methods } of this.#templates) {
      const match = pattern.exec(path);
      if (!match) continue;
      const operation = methods.get(request.method);
      if (!operation) {
        const detail = `${request.method} isn't allowed here.`;
        const headers = { Allow: [...methods.keys()].join(', ') };
        throw new Problem(405, 'Method not allowed', detail, { headers });
      }
      const values = names.map((name, index) => [name, decode(match[index + 1] ?? '')]);
      return { operation, path: Object.fromEntries(values) };
    }
    throw notFound(`There is nothing at ${pathname}.`);
  }
}

// '~' sorts behind all characters of a path.
function concrete(path: string): string {
  return path.replace(/\{[^{}]*\}/g, '~');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Problem(400, 'Bad request', `'${text}' is not percent-encoded text.`);
  }
}
