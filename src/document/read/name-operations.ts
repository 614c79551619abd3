import { isObject, join } from '../json.js';
import { METHODS } from '../operations/methods.js';
import { resolve } from '../references/resolve.js';
import type { JsonObject, OpenApiDocument } from '../types.js';
import { addNote } from './notes.js';

/** Most operations that a note names; beyond that it only gives the number. */
const FEW = 3;

/**
 * Gives each operation without operationId one, made of method and path: the generated code, reports and comparisons
 * identify operations by it.
 */
export function nameOperations(document: OpenApiDocument): void {
  copySharedPathItems(document);
  const operations = operationsOf(document);
  const taken = new Set(operations.map(({ source }) => source.operationId));
  const unnamed = operations.filter(({ source }) => source.operationId === undefined);
  for (const { source, method, path } of unnamed) {
    const plain = [method, ...path.split(/[^\w]+/).filter(Boolean)].join('-');
    let id = plain;
    for (let count = 2; taken.has(id); count += 1) id = `${plain}-${count}`;
    taken.add(id);
    source.operationId = id;
  }
  if (unnamed.length === 0) return;
  const named = unnamed
    .slice(0, FEW)
    .map(({ source, method, path }) => `${method.toUpperCase()} ${path} is called ${source.operationId}`);
  const more = unnamed.length > FEW ? `, and so on for ${unnamed.length - FEW} more` : '';
  addNote(
    document,
    `operations without an operationId got one of method and path: ${named.join(', ')}${more}`,
  );
}

/**
 * Several paths may refer to one path item. Each is called by another path, so all but the first get a copy, whose
 * operations are named by their own.
 */
function copySharedPathItems(document: OpenApiDocument): void {
  const seen = new Set<JsonObject>(Object.values(document.paths).filter(isObject));
  for (const [path, value] of Object.entries(document.paths)) {
    const item = itemAt(document, value, join('#/paths', path));
    if (item === undefined || item === value) continue;
    if (!seen.has(item)) {
      seen.add(item);
      continue;
    }
    const copy = structuredClone(item);
    for (const method of METHODS) {
      const operation = copy[method];
      if (isObject(operation)) delete operation.operationId;
    }
    document.paths[path] = copy;
  }
}

function operationsOf(document: OpenApiDocument): { source: JsonObject; method: string; path: string }[] {
  return Object.entries(document.paths).flatMap(([path, value]) => {
    const item = itemAt(document, value, join('#/paths', path));
    return METHODS.flatMap((method) => {
      const source = item?.[method];
      return isObject(source) ? [{ source, method, path }] : [];
    });
  });
}

/** Undefined for what can't be resolved; reading the operations will refuse that. */
function itemAt(document: OpenApiDocument, value: unknown, pointer: string): JsonObject | undefined {
  try {
    const item: unknown = resolve(document, value, pointer).value;
    return isObject(item) ? item : undefined;
  } catch {
    return undefined;
  }
}
