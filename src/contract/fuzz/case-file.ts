import { readFile } from 'node:fs/promises';
import { isObject } from '../../document/index.js';
import { CannotRun } from '../errors.js';
import { replaceFile, tryReplacing } from '../exit/replace-file.js';
import type { FuzzCase } from '../model/run.js';

/**
 * The failures of earlier runs; none if the file doesn't exist yet.
 *
 * @throws CannotRun for a file that isn't one of failures, or where new ones couldn't be written.
 */
export async function readCases(file: string): Promise<FuzzCase[]> {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return '[]';
    throw new CannotRun(`--fuzz-file ${file} can't be read: ${cause.message}`, { cause });
  });
  await tryReplacing(file).catch((cause: Error) => unwritable(file, cause));
  const cases = parsed(text);
  if (Array.isArray(cases) && cases.every(isCase)) return cases;
  throw new CannotRun(
    `--fuzz-file ${file} holds no failures of --fuzz: give the file of an earlier run, or a new one.`,
  );
}

export async function writeCases(file: string, cases: readonly FuzzCase[]): Promise<void> {
  const text = `${JSON.stringify(cases, null, 2)}\n`;
  await replaceFile(file, text).catch((cause: Error) => unwritable(file, cause));
}

function unwritable(file: string, cause: Error): never {
  throw new CannotRun(`--fuzz-file ${file} can't be written: ${cause.message}`, { cause });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isCase(value: unknown): value is FuzzCase {
  if (!isObject(value)) return false;
  const { operation, kind, path = {}, query, headers, body } = value;
  return (
    typeof operation === 'string' &&
    ['valid', 'invalid', 'undescribed'].some((known) => known === kind) &&
    Array.isArray(query) &&
    query.every(
      (pair) => Array.isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === 'string'),
    ) &&
    isTexts(path) &&
    isTexts(headers) &&
    (body === undefined || typeof body === 'string')
  );
}

function isTexts(value: unknown): boolean {
  return isObject(value) && Object.values(value).every((text) => typeof text === 'string');
}
