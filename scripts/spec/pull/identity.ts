import {
  danglingReference,
  type OpenApiDocument,
  parseOpenApi,
  readServers,
} from '../../../src/document/index.js';
import { inert } from '../../../src/text/words.js';
import { SpecError } from '../errors.js';

/**
 * Parses the fetched text.
 *
 * @throws SpecError | DocumentError if it isn't an OpenAPI 3.x document.
 */
export function parsePublished(text: string, name: string): OpenApiDocument {
  if (/^\s*</.test(text)) throw new SpecError(`${name} is a web page, not an OpenAPI document`);
  return parseOpenApi(text, name);
}

/** A document with fewer of the known paths than this share is incomplete, or of another API. */
const MIN_SHARE = 0.5;

/**
 * Refuses a document that isn't a complete one of the same API as the vendored one.
 *
 * @throws SpecError that says what doesn't fit.
 */
export function assertSameApi(published: OpenApiDocument, vendored: OpenApiDocument, name: string): void {
  const known = serverUrls(vendored);
  const found = serverUrls(published);
  if (known.size > 0 && ![...found].some((url) => known.has(url))) {
    throw new SpecError(
      `${name} ('${title(published)}') is a document of another API: none of its servers ` +
        `(${[...found].join(', ') || 'none named'}) is one of ${[...known].join(', ')}`,
    );
  }
  const dangling = danglingReference(published);
  if (dangling) {
    throw new SpecError(
      `${name} is incomplete: it refers to '${dangling.ref}', which it doesn't contain ` +
        `(at ${dangling.pointer}). Was it cut short?`,
    );
  }
  const paths = new Set(Object.keys(published.paths).map(template));
  const expected = Object.keys(vendored.paths).map(template);
  const missing = expected.filter((path) => !paths.has(path));
  if (missing.length > expected.length * (1 - MIN_SHARE)) {
    throw new SpecError(
      `${name} ('${title(published)}') lacks ${missing.length} of the ${expected.length} known paths ` +
        `(${missing.slice(0, 3).join(', ')}${missing.length > 3 ? ', …' : ''}): cut short, or of another API. ` +
        'If the API really dropped them, take them out of the vendored document first',
    );
  }
}

function serverUrls(document: OpenApiDocument): Set<string> {
  return new Set(readServers(document).map((server) => server.url.toLowerCase()));
}

function title(document: OpenApiDocument): string {
  return typeof document.info.title === 'string' ? inert(document.info.title.slice(0, 100)) : 'untitled';
}

/** Ignores the names of path parameters, which don't identify the API. */
function template(path: string): string {
  return path.replace(/\{[^{}]*\}/g, '{}').replace(/(?<!\/)\/+$/, '');
}
