import { type Operation, type PathTemplate, pathTemplates } from '../../document/index.js';
import type { FakeRequest } from '../http/exchange.js';
import { notFound, Problem } from '../problems.js';
import type { Route, Router } from '../world.js';

/** Finds the operation of a request among those of the document. */
export class DocumentRouter implements Router {
  readonly #templates: readonly PathTemplate[];
  readonly #basePath: string;

  /** @param basePath path in front of the document's paths. */
  constructor(operations: readonly Operation[], basePath: string) {
    this.#basePath = basePath;
    this.#templates = pathTemplates(operations);
  }

  match(request: FakeRequest): Route {
    const { pathname } = request.url;
    if (!pathname.startsWith(`${this.#basePath}/`))
      throw notFound(`There is nothing at ${pathname}: the API is below ${this.#basePath}.`);
    const path = pathname.slice(this.#basePath.length);
    for (const { pattern, names, operations } of this.#templates) {
      const match = pattern.exec(path);
      if (!match) continue;
      const operation = operations.get(request.method);
      if (!operation) {
        const detail = `${request.method} isn't allowed here.`;
        const headers = { Allow: [...operations.keys()].join(', ') };
        throw new Problem(405, 'Method not allowed', detail, { headers });
      }
      const values = names.map((name, index) => [name, decode(match[index + 1] ?? '')]);
      return { operation, path: Object.fromEntries(values) };
    }
    throw notFound(`There is nothing at ${pathname}.`);
  }

  near(request: FakeRequest): Operation | undefined {
    const path = request.url.pathname.slice(this.#basePath.length);
    const found = this.#templates.find(({ pattern }) => pattern.test(path));
    return found && (found.operations.get(request.method) ?? [...found.operations.values()][0]);
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Problem(400, 'Bad request', `'${text}' is not percent-encoded text.`);
  }
}
