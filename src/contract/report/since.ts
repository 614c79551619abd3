import { readFile } from 'node:fs/promises';
import { isObject, parseJson, readFailure } from '../../document/index.js';
import { CannotRun } from '../errors.js';
import { textOf } from '../exchange/items.js';
import { anyItem } from './grouping.js';

/** Identifies a violation, independently of the data of the day. */
export interface FindingKey {
  rule: string;
  /** Id; null or undefined for the server as a whole. */
  operation?: string | null | undefined;
  where: string;
}

/** An earlier report, to find out what is new. */
export interface Since {
  file: string;
  date: string | null;
  /** Whether a violation is missing from it. */
  isNew(target: string, violation: FindingKey): boolean;
  /** Its violations that no longer exist, each once. */
  gone(
    target: string,
    violations: readonly FindingKey[],
  ): { rule: string; operation: string | null; where: string }[];
}

/**
 * Reads the JSON report of an earlier run.
 *
 * @throws CannotRun if it can't be read, or isn't one.
 */
export async function readSince(file: string): Promise<Since> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new CannotRun(`--since ${file} can't be read: ${readFailure(cause)}`, { cause });
  });
  const report = parseJson(text)?.value;
  const runs = isObject(report) && Array.isArray(report.runs) ? report.runs.filter(isObject) : undefined;
  if (isObject(report) && typeof report.version === 'number' && report.version !== 1) {
    throw new CannotRun(
      `--since ${file} is a report of version ${report.version}, and this reads version 1: give one that this version has written.`,
    );
  }
  if (!isObject(report) || report.version !== 1 || !runs) {
    throw new CannotRun(
      `--since ${file} is not the JSON report of an earlier run: --report json=FILE writes one, for the next run to compare with.`,
    );
  }
  const known = new Map<string, Map<string, FindingKey>>();
  for (const { target, violations } of runs) {
    const name = isObject(target) ? textOf(target.name) : '';
    const own = known.get(name) ?? new Map<string, FindingKey>();
    known.set(name, own);
    for (const one of Array.isArray(violations) ? violations : []) if (isKnown(one)) own.set(keyOf(one), one);
  }
  return {
    file,
    date: typeof report.date === 'string' ? report.date : null,
    isNew: (target, violation) => !known.get(target)?.has(keyOf(violation)),
    gone(target, violations) {
      const current = new Set(violations.map(keyOf));
      return [...(known.get(target) ?? [])]
        .filter(([key]) => !current.has(key))
        .map(([, { rule, operation, where }]) => ({ rule, operation: operation ?? null, where }));
    },
  };
}

function isKnown(value: unknown): value is FindingKey {
  return isObject(value) && typeof value.rule === 'string' && typeof value.where === 'string';
}

function keyOf({ rule, operation, where }: FindingKey): string {
  return [rule, operation ?? '', anyItem(where)].join('\n');
}
