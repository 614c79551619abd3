import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LineCounter } from 'yaml';
import { DocumentError, isObject, parseYaml, vendoredDocument } from '../../document/index.js';
import { CannotRun } from '../errors.js';
import type { Contract } from '../model/contract.js';
import type { Rule } from '../model/rule.js';
import type { Accepted } from '../model/violation.js';

const FIELDS = ['rule', 'operation', 'reason', 'expires'];

/** The entries of all files that `--accept` names. */
export async function acceptedDeviations(
  names: readonly string[],
  contract: Contract,
  rules: readonly Rule[],
): Promise<Accepted[]> {
  const known = { rules: rules.map(({ id }) => id), operations: contract.operations.map(({ id }) => id) };
  const files = await Promise.all(names.map((name) => readAccepted(acceptedFile(name), known)));
  const entries = files.flat();
  requireDistinct(entries);
  return entries;
}

/** The file that `--accept` names: one of the package's own by its name, else a path. */
export function acceptedFile(name: string): string {
  const packaged = join(dirname(dirname(vendoredDocument())), 'contract-tests', 'accepted', `${name}.yaml`);
  return /^[\w-]+$/.test(name) && existsSync(packaged) ? packaged : name;
}

/**
 * Reads a file of accepted deviations: a list of entries with rule, operation, reason and expires.
 *
 * @throws CannotRun naming the line and what is wrong there.
 */
export async function readAccepted(
  file: string,
  known: { rules: readonly string[]; operations: readonly string[] },
): Promise<Accepted[]> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new CannotRun(`${file} can't be read. --accept takes a YAML file of accepted deviations.`, {
      cause,
    });
  });
  const lines = new LineCounter();
  const document = parsed(text, file, lines);
  const [problem] = document.errors;
  if (problem)
    throw new CannotRun(
      `${file}:${lines.linePos(problem.pos[0]).line} is not YAML: ${problem.message.split('\n')[0]}`,
    );
  const entries = plain(document, file);
  if (!Array.isArray(entries))
    throw new CannotRun(`${file} must be a list of entries with ${FIELDS.join(', ')}.`);
  return entries.map((entry: unknown, index) => {
    const node = document.getIn([index], true) as { range?: [number, number, number] } | undefined;
    const { line } = lines.linePos(node?.range?.[0] ?? 0);
    const at = `${file}:${line}`;
    const wrong = mistake(entry, known);
    if (wrong !== undefined) throw new CannotRun(`${at}: ${wrong}`);
    return { ...(entry as Omit<Accepted, 'at'>), at };
  });
}

/** @throws CannotRun naming an entry that duplicates another one. */
function requireDistinct(entries: readonly Accepted[]): void {
  const places = new Map<string, string>();
  for (const { rule, operation, at } of entries) {
    const key = operation === undefined ? rule : `${rule} for ${operation}`;
    const first = places.get(key);
    if (first !== undefined)
      throw new CannotRun(`${at}: ${key} is accepted in ${first} already: keep one of the two entries.`);
    places.set(key, at);
  }
}

function mistake(
  entry: unknown,
  known: { rules: readonly string[]; operations: readonly string[] },
): string | undefined {
  if (!isObject(entry)) return 'an entry must be an object';
  const odd = Object.keys(entry).find((name) => !FIELDS.includes(name));
  if (odd !== undefined) return `'${odd}' is not a field of an entry; there are ${FIELDS.join(', ')}`;
  if (typeof entry.rule !== 'string' || !known.rules.includes(entry.rule)) {
    return `rule: '${String(entry.rule)}' is not a rule; --list-rules shows them`;
  }
  if (entry.operation !== undefined && !known.operations.includes(String(entry.operation))) {
    return `operation: '${String(entry.operation)}' is not an operation of the document`;
  }
  if (typeof entry.reason !== 'string' || entry.reason.trim() === '') return 'reason: say why it is accepted';
  if (typeof entry.expires !== 'string' || !isDate(entry.expires)) {
    return `expires: a date is needed, as 2027-03-31, not '${String(entry.expires)}'`;
  }
  return undefined;
}

/** Date.parse reads the 30th of February as the 2nd of March. */
function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const date = new Date(text);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** @throws CannotRun if it is nested too deep. */
function parsed(text: string, file: string, lines: LineCounter): ReturnType<typeof parseYaml> {
  try {
    return parseYaml(text, file, lines);
  } catch (cause) {
    throw cause instanceof DocumentError ? new CannotRun(`${cause.message}.`, { cause }) : cause;
  }
}

/** @throws CannotRun for aliases that stand for far more than the file holds. */
function plain(document: ReturnType<typeof parseYaml>, file: string): unknown {
  try {
    return document.toJS();
  } catch (cause) {
    throw new CannotRun(`${file} is not YAML that can be read: ${(cause as Error).message}`, { cause });
  }
}
