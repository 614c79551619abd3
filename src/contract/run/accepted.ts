import { readFile } from 'node:fs/promises';
import { LineCounter } from 'yaml';
import { DocumentError, isObject, parseYaml } from '../../document/index.js';
import { CannotRun } from '../errors.js';
import type { Accepted, Violation } from '../model/violation.js';
import { count } from '../text/words.js';

const FIELDS = ['rule', 'operation', 'reason', 'expires'];

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
      `${file}:${lines.linePos(problem.pos[0]).line} is no YAML: ${problem.message.split('\n')[0]}`,
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
export function requireDistinct(entries: readonly Accepted[]): void {
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
  if (odd !== undefined) return `'${odd}' is no field of an entry; there are ${FIELDS.join(', ')}`;
  if (typeof entry.rule !== 'string' || !known.rules.includes(entry.rule)) {
    return `rule: '${String(entry.rule)}' is no rule; --list-rules shows them`;
  }
  if (entry.operation !== undefined && !known.operations.includes(String(entry.operation))) {
    return `operation: '${String(entry.operation)}' is no operation of the document`;
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

/** What a run knows of the rules in a reviewed file. */
export interface AcceptedContext {
  /** Whether the run has checked a rule on an operation. */
  looked(rule: string, operation: string | undefined): boolean;
  /** Why a rule can't apply to an operation; undefined if it may. */
  inapplicable(rule: string, operation: string | undefined): string | undefined;
}

/** Separates violations into remaining and accepted ones; adds a violation for each entry that is no longer right. */
export function applyAccepted(
  violations: readonly Violation[],
  entries: readonly Accepted[],
  context: AcceptedContext,
): { standing: Violation[]; accepted: { violation: Violation; entry: Accepted }[] } {
  const today = new Date().toISOString().slice(0, 10);
  const current = entries.filter((entry) => entry.expires >= today);
  const standing: Violation[] = [];
  const accepted: { violation: Violation; entry: Accepted }[] = [];
  for (const violation of violations) {
    const entry = current.find((candidate) => matches(candidate, violation));
    if (entry) accepted.push({ violation, entry });
    else standing.push(violation);
  }
  for (const entry of entries) {
    const { rule, operation, expires, at } = entry;
    const stale = { rule: 'accepted-deviation', operation, where: at, exchange: undefined };
    const used = violations.filter((violation) => matches(entry, violation)).length;
    if (expires < today) {
      const found = `${rule}, accepted until ${expires}${used > 0 ? `, broken ${count(used, 'time')}` : ''}`;
      standing.push({ ...stale, expected: 'an entry that is in date', found });
    } else if (used === 0) {
      const reason = context.inapplicable(rule, operation);
      if (reason === undefined && !context.looked(rule, operation)) continue;
      const because = reason === undefined ? '' : `${reason}, so `;
      standing.push({
        ...stale,
        expected: `a violation of ${rule}`,
        found: `none: ${because}the entry can be taken out`,
      });
    }
  }
  return { standing, accepted };
}

function matches(entry: Accepted, { rule, operation }: Violation): boolean {
  return entry.rule === rule && (entry.operation === undefined || entry.operation === operation);
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
    throw new CannotRun(`${file} is no YAML that can be read: ${(cause as Error).message}`, { cause });
  }
}
