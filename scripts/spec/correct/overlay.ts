import { readFile } from 'node:fs/promises';
import { JSONPathEnvironment, type JSONPathQuery } from 'json-p3';
import { LineCounter } from 'yaml';
import { DocumentError, isObject, type JsonObject, parseYaml } from '../../../src/document/index.js';
import { SpecError } from '../errors.js';

/** A correction of a published document (OpenAPI Overlay 1.0, action object). */
export interface Action {
  target: string;
  /** Why it is made. */
  description: string;
  query: JSONPathQuery;
  change: { kind: 'update'; value: unknown } | { kind: 'remove' };
}

/** An OpenAPI Overlay 1.0 document. */
export interface Overlay {
  /** URL of the document that it corrects. */
  extends?: string;
  actions: Action[];
}

const PATHS = pathEnvironment();

/**
 * `search` finds nothing in a value that isn't text (RFC 9535, section 2.4.7). The library finds that out by an
 * exception, which takes seconds if it happens for each value of a document.
 */
function pathEnvironment(): JSONPathEnvironment {
  const environment = new JSONPathEnvironment();
  const search = environment.functionRegister.get('search');
  if (!search) throw new TypeError('json-p3 has no function search');
  environment.functionRegister.set('search', {
    argTypes: search.argTypes,
    returnType: search.returnType,
    call: (text: unknown, pattern: unknown) => typeof text === 'string' && search.call(text, pattern),
  });
  return environment;
}

/**
 * Reads an overlay.
 *
 * @throws SpecError that names the action and what is wrong with it.
 */
export async function readOverlay(file: string): Promise<Overlay> {
  const text = await readFile(file, 'utf8').catch((cause: Error) => {
    throw new SpecError(`Can't read the overlay ${file}: ${cause.message}`);
  });
  let source: unknown;
  try {
    const parsed = parseYaml(text, file, new LineCounter());
    if (parsed.errors[0]) throw parsed.errors[0];
    source = parsed.toJS();
  } catch (cause) {
    if (cause instanceof DocumentError) throw new SpecError(cause.message);
    throw new SpecError(`${file} is not YAML: ${(cause as Error).message}`);
  }
  return parseOverlay(source, file);
}

export function parseOverlay(source: unknown, file = 'the overlay'): Overlay {
  if (!isObject(source) || !/^1\.0\.\d+$/.test(String(source.overlay))) {
    throw new SpecError(`${file} must say 'overlay: 1.0.0' (OpenAPI Overlay Specification 1.0)`);
  }
  if (!Array.isArray(source.actions)) throw new SpecError(`${file} has no list of actions`);
  const overlay: Overlay = {
    actions: source.actions.map((action, index) => parseAction(action, `${file}, action ${index + 1}`)),
  };
  if (typeof source.extends === 'string') overlay.extends = source.extends;
  return overlay;
}

function parseAction(source: unknown, where: string): Action {
  if (!isObject(source) || typeof source.target !== 'string') throw new SpecError(`${where} has no target`);
  const { target, description } = source;
  if (typeof description !== 'string' || description.trim() === '') {
    throw new SpecError(`${where} (${target}) has no description; each correction says why it is made`);
  }
  const base = { target, description: description.trim(), query: compileTarget(target, where) };
  if (source.remove === true && source.update === undefined) return { ...base, change: { kind: 'remove' } };
  if (source.update !== undefined && source.remove !== true) {
    return { ...base, change: { kind: 'update', value: source.update as JsonObject } };
  }
  throw new SpecError(`${where} (${target}) needs either 'update' or 'remove: true'`);
}

function compileTarget(target: string, where: string): JSONPathQuery {
  try {
    return PATHS.compile(target);
  } catch (cause) {
    throw new SpecError(`${where}: '${target}' is not a JSONPath (RFC 9535): ${(cause as Error).message}`);
  }
}
