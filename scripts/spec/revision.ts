import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { loadDocument, type OpenApiDocument, parseOpenApi } from '../../src/document/index.js';
import { run } from '../run.js';
import { SpecError } from './errors.js';
import { DOCUMENT } from './places.js';

/**
 * The document in a file, or the vendored document of a Git revision.
 *
 * @throws SpecError if it is neither.
 */
export async function documentAt(root: string, place: string): Promise<OpenApiDocument> {
  const file = resolve(root, place);
  if ((await stat(file).catch(() => undefined))?.isFile()) return loadDocument(file);
  // Git would read a revision that begins with a dash as an option.
  const found = place.startsWith('-')
    ? undefined
    : await run('git', ['show', `${place}:./${DOCUMENT}`], { cwd: root });
  if (found?.code !== 0) {
    throw new SpecError(`'${place}' is neither a file nor a Git revision that has ${DOCUMENT}`);
  }
  return parseOpenApi(found.stdout, `${place}:${DOCUMENT}`);
}
