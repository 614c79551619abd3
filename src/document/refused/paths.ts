import { DocumentError } from '../errors.js';
import { join } from '../json.js';
import type { OpenApiDocument } from '../types.js';

/**
 * Refuses keys of `paths` that aren't paths: a key is appended to the server's address, and the caller adds the query.
 *
 * @throws DocumentError for the first one, with what to write there.
 */
export function refuseMalformedPaths(document: OpenApiDocument): void {
  for (const path of Object.keys(document.paths)) {
    if (path.startsWith('x-')) continue;
    const pointer = join('#/paths', path);
    if (!path.startsWith('/'))
      throw new DocumentError(`The path ${path} must begin with a slash: write /${path}`, pointer);
    const [plain, ...rest] = path.split(/[?#]/);
    if (rest.length === 0) continue;
    const names = rest.flatMap((part) => part.split('&')).map((pair) => pair.split('=')[0] ?? '');
    const said = names.filter((name) => /^[\w.[\]$-]+$/.test(name)).join(', ');
    throw new DocumentError(
      `The path ${path} has a ${path.includes('?') ? 'query' : 'fragment'} in it: ` +
        (said ? `describe ${said} as parameters of ${plain} with in: query` : `write ${plain}`),
      pointer,
    );
  }
}
