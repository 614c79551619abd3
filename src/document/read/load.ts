import { readFile } from 'node:fs/promises';
import { type Document, LineCounter, parseDocument } from 'yaml';
import { DocumentError } from '../errors.js';
import { isObject } from '../references/pointer.js';
import type { OpenApiDocument } from '../types.js';
import { readFailure } from './read-failure.js';

const ADVICE = 'Is it the right file?';

/**
 * Reads an OpenAPI document from a YAML or JSON file.
 *
 * @throws DocumentError when it can't be read or parsed, or isn't OpenAPI 3.x.
 */
export async function loadDocument(file: string | URL): Promise<OpenApiDocument> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new DocumentError(`Can't read the OpenAPI document ${String(file)}: ${readFailure(cause)}`, '#');
  }
  return parseOpenApi(text, String(file));
}

/**
 * Parses the text of an OpenAPI document.
 *
 * @param name what messages call the document.
 * @throws DocumentError with line and column of a syntax error, or when it isn't OpenAPI 3.x.
 */
export function parseOpenApi(text: string, name = 'the document'): OpenApiDocument {
  const lines = new LineCounter();
  const parsed = parseDocument(text, { lineCounter: lines, merge: true, prettyErrors: false });
  const problem = parsed.errors[0];
  if (problem) {
    const { line, col } = lines.linePos(problem.pos[0]);
    throw new DocumentError(
      `${name} is neither JSON nor YAML: line ${line}, column ${col}: ${firstLine(problem.message)}`,
      '#',
    );
  }
  const value = toValue(parsed, name);
  if (value === null) throw new DocumentError(`${name} is empty, not an OpenAPI document. ${ADVICE}`, '#');
  if (!isObject(value)) {
    const found = Array.isArray(value) ? 'a list' : `a ${typeof value}`;
    throw new DocumentError(
      `${name} is not an OpenAPI document: it holds ${found} in place of an object. ${ADVICE}`,
      '#',
    );
  }
  if (typeof value.openapi !== 'string' || !/^3\.\d+\.\d+/.test(value.openapi)) {
    const found =
      'swagger' in value ? `swagger ${String(value.swagger)}` : JSON.stringify(value.openapi ?? null);
    throw new DocumentError(`${name} must be OpenAPI 3.x, found ${found}. ${ADVICE}`, '#/openapi');
  }
  if (!isObject(value.info))
    throw new DocumentError(`${name} has no info object: add one with title and version`, '#/info');
  if (!isObject(value.paths))
    throw new DocumentError(`${name} has no paths object: add it, with the operations to use`, '#/paths');
  return value as OpenApiDocument;
}

function toValue(parsed: Document.Parsed, name: string): unknown {
  try {
    // Aliases are counted by the library; the bound stops a document that expands without end.
    return parsed.toJS({ maxAliasCount: 1000 });
  } catch (cause) {
    throw new DocumentError(`${name} can't be read: ${firstLine((cause as Error).message)}`, '#');
  }
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text;
}
