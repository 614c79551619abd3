import { type Document, LineCounter } from 'yaml';
import { DocumentError } from '../errors.js';
import { isObject } from '../json.js';
import type { OpenApiDocument } from '../types.js';
import { refuseExpansion, tooDeep } from './expansion.js';
import { readGreedyParameters } from './greedy.js';
import { readIds } from './ids.js';
import { nameOperations } from './name-operations.js';
import { parsedBefore } from './parsed.js';
import { readPatterns } from './patterns.js';
import { readFailure } from './read-failure.js';
import { upgrade } from './upgrade.js';
import { parseYaml } from './yaml.js';

const ADVICE = 'Is it the right file?';

/**
 * Reads an OpenAPI document from a YAML or JSON file.
 *
 * @throws DocumentError if it can't be read or parsed, or isn't OpenAPI 3.x.
 */
export async function loadDocument(file: string | URL): Promise<OpenApiDocument> {
  return documentOf(file, await readDocumentText(file));
}

/** @throws DocumentError if the file can't be read. */
export async function readDocumentText(file: string | URL): Promise<string> {
  const { readFile } = process.getBuiltinModule('node:fs/promises');
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new DocumentError(`Can't read the OpenAPI document ${String(file)}: ${readFailure(cause)}`, '#');
  }
}

/**
 * The document of a file whose text has already been read.
 *
 * @throws DocumentError if it can't be parsed, or isn't OpenAPI 3.x.
 */
export async function documentOf(file: string | URL, text: string): Promise<OpenApiDocument> {
  const before = await parsedBefore(file, text);
  return before ? remembered(before) : parseOpenApi(text, String(file));
}

/**
 * Parses the text of an OpenAPI document.
 *
 * @param name of the document in messages.
 * @returns the document as OpenAPI 3.1, even if it is written in 3.0.
 * @throws DocumentError with line and column of a syntax error, or if it isn't OpenAPI 3.x.
 */
export function parseOpenApi(text: string, name = 'the document'): OpenApiDocument {
  const lines = new LineCounter();
  const parsed = parseYaml(text, name, lines);
  const problem = parsed.errors[0];
  if (problem) {
    const { line, col } = lines.linePos(problem.pos[0]);
    throw new DocumentError(
      `${name} is neither JSON nor YAML: line ${line}, column ${col}: ${firstLine(problem.message)}`,
      '#',
    );
  }
  return readValue(toValue(parsed, name), name);
}

/** The documents that we have read, so that none is read twice. */
const read = new WeakMap<OpenApiDocument, OpenApiDocument>();

function remembered(document: OpenApiDocument): OpenApiDocument {
  read.set(document, document);
  return document;
}

/**
 * Reads a document that a program passes as an object, as its file would be read. The object itself isn't changed.
 *
 * @throws DocumentError if it isn't OpenAPI 3.x.
 */
export function givenDocument(given: OpenApiDocument, name = 'the document'): OpenApiDocument {
  const document = read.get(given) ?? readValue(structuredClone(given), name);
  read.set(given, document);
  return document;
}

function readValue(value: unknown, name: string): OpenApiDocument {
  if (value === null) throw new DocumentError(`${name} is empty, not an OpenAPI document. ${ADVICE}`, '#');
  if (!isObject(value)) {
    const found = Array.isArray(value) ? 'a list' : `a ${typeof value}`;
    throw new DocumentError(
      `${name} is not an OpenAPI document: it holds ${found} in place of an object. ${ADVICE}`,
      '#',
    );
  }
  if (/^3\.\d+$/.test(String(value.openapi))) {
    throw new DocumentError(
      `${name} says openapi: ${value.openapi}, a version without its last number: write '${value.openapi}.0'`,
      '#/openapi',
    );
  }
  if (typeof value.openapi !== 'string' || !/^3\.\d+\.\d+/.test(value.openapi)) {
    const found =
      'swagger' in value ? `swagger ${String(value.swagger)}` : JSON.stringify(value.openapi ?? null);
    const advice = 'swagger' in value ? conversionOf(name) : ADVICE;
    throw new DocumentError(`${name} must be OpenAPI 3.x, found ${found}. ${advice}`, '#/openapi');
  }
  if (!isObject(value.info))
    throw new DocumentError(`${name} has no info object: add one with title and version`, '#/info');
  // An OpenAPI 3.1 document may have only webhooks.
  if (value.paths === undefined && isObject(value.webhooks)) value.paths = {};
  if (!isObject(value.paths))
    throw new DocumentError(`${name} has no paths object: add it, with the operations to use`, '#/paths');
  const document = upgrade(value as OpenApiDocument);
  readGreedyParameters(document);
  readIds(document);
  readPatterns(document);
  nameOperations(document);
  return remembered(document);
}

/** The command also repairs small faults (`--patch`), and npm fetches it without asking (`--yes`). */
function conversionOf(name: string): string {
  const source = /^[\w./:-]+$/.test(name) ? name : 'FILE';
  return `Convert it first, and take converted.yaml: npx --yes swagger2openapi --patch ${source} -o converted.yaml`;
}

function toValue(parsed: Document.Parsed, name: string): unknown {
  try {
    // The library would limit the number of aliases, even of small ones. We check their expanded size instead.
    const value: unknown = parsed.toJS({ maxAliasCount: -1 });
    refuseExpansion(value, name);
    return value;
  } catch (cause) {
    if (cause instanceof DocumentError) throw cause;
    if (cause instanceof RangeError) throw tooDeep(name);
    throw new DocumentError(`${name} can't be read: ${firstLine((cause as Error).message)}`, '#');
  }
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? text;
}
