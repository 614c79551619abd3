import {
  givenDocument,
  loadDocument,
  type OpenApiDocument,
  parseOpenApi,
  vendoredDocument,
} from '../document/index.js';
import type { FakeOptions } from './options.js';

let vendored: Promise<OpenApiDocument> | undefined;

/** Reads the document that a fake is to serve; the package's own is read only once. */
export async function readDocument(given: FakeOptions['document']): Promise<OpenApiDocument> {
  if (given === undefined) {
    vendored ??= loadDocument(vendoredDocument());
    return vendored;
  }
  if (given instanceof URL) return loadDocument(given);
  if (typeof given !== 'string') return givenDocument(given);
  // A file name is a single line; a document on a single line is JSON.
  const isText = given.includes('\n') || given.trimStart().startsWith('{');
  return isText ? parseOpenApi(given) : loadDocument(given);
}
