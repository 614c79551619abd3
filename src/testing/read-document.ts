import { loadDocument, type OpenApiDocument, parseOpenApi, vendoredDocument } from '../document/index.js';
import type { FakeOptions } from './options.js';

let vendored: Promise<OpenApiDocument> | undefined;

/** The document that a fake shall serve; the package's own is read once. */
export async function readDocument(given: FakeOptions['document']): Promise<OpenApiDocument> {
  if (given === undefined) {
    vendored ??= loadDocument(vendoredDocument());
    return vendored;
  }
  if (given instanceof URL) return loadDocument(given);
  if (typeof given !== 'string') return given;
  // A file's name is one line; a document in one line is JSON.
  const isText = given.includes('\n') || given.trimStart().startsWith('{');
  return isText ? parseOpenApi(given) : loadDocument(given);
}
