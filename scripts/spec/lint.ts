import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { tokens } from '../../src/document/index.js';
import { withInherited, withoutInherited } from '../inherited-names.js';
import type { Finished } from '../run.js';
import { SpecError } from './errors.js';
import { redocly } from './redocly.js';

export interface Problem {
  severity: 'error' | 'warn';
  rule: string;
  message: string;
  pointer: string;
}

/**
 * Lints a document with the project's Redocly rules.
 *
 * @throws SpecError if Redocly can't read it.
 */
export async function lint(file: string, config: string, signal?: AbortSignal): Promise<Problem[]> {
  const { stdout, stderr } = await linted(file, config, signal);
  let report: { problems?: RedoclyProblem[] };
  try {
    report = JSON.parse(withInherited(stdout));
  } catch {
    throw new SpecError(`redocly lint could not check ${file}: ${stderr.trim() || stdout.trim()}`);
  }
  const problems = (report.problems ?? []).map((problem) => ({
    severity: problem.severity,
    rule: problem.ruleId,
    message: problem.message.replace(/\s+/g, ' ').trim(),
    pointer: problem.location[0]?.pointer ?? '#',
  }));
  return problems.filter((problem) => !isFalseAlarm(problem));
}

/** Redocly reads names of path parameters in ASCII alone. */
function isFalseAlarm({ rule, message, pointer }: Problem): boolean {
  const [, name] = /^Path parameter `(.+?)` is not used/.exec(message) ?? [];
  const [, path = ''] = tokens(pointer);
  return rule === 'path-parameters-defined' && name !== undefined && path.includes(`{${name}}`);
}

async function linted(file: string, config: string, signal: AbortSignal | undefined): Promise<Finished> {
  const lintFile = (name: string) =>
    redocly(['lint', name, '--config', config, '--format', 'json', '--max-problems', '1000'], signal);
  // Redocly itself reports what can't be read.
  const text = await readFile(file, 'utf8').catch(() => '');
  const other = withoutInherited(text);
  if (other === text) return lintFile(file);
  const folder = await mkdtemp(join(tmpdir(), 'ev-energy-lint-'));
  try {
    const copy = join(folder, basename(file));
    await writeFile(copy, other);
    return await lintFile(copy);
  } finally {
    await rm(folder, { recursive: true });
  }
}

interface RedoclyProblem {
  severity: 'error' | 'warn';
  ruleId: string;
  message: string;
  location: { pointer?: string }[];
}

const SHOWN = 20;

/** The problems as lines of text, errors first. */
export function renderProblems(problems: readonly Problem[]): string {
  if (problems.length === 0) return 'No problems.\n';
  const errors = problems.filter((problem) => problem.severity === 'error');
  const sorted = [...errors, ...problems.filter((problem) => problem.severity !== 'error')];
  const lines = sorted
    .slice(0, SHOWN)
    .map(({ severity, rule, message, pointer }) => `  ${severity} ${rule}: ${message}\n    at ${pointer}\n`);
  const more = sorted.length > SHOWN ? `  … and ${sorted.length - SHOWN} more\n` : '';
  const warnings = problems.length - errors.length;
  return `${lines.join('')}${more}${errors.length} errors, ${warnings} warnings.\n`;
}
