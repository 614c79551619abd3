import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenApiDocument } from '../../../src/document/index.js';
import { SpecError } from '../errors.js';
import { redocly } from '../redocly.js';
import type { RawChange } from './types.js';

/**
 * Every difference between two documents, found by `redocly diff`: it follows references, and knows an object again
 * that has moved in a list.
 *
 * @throws SpecError when Redocly can't read one of them.
 */
export async function findChanges(
  base: OpenApiDocument,
  revision: OpenApiDocument,
  signal?: AbortSignal,
): Promise<RawChange[]> {
  const folder = await mkdtemp(join(tmpdir(), 'ev-energy-diff-'));
  try {
    const files = { base: join(folder, 'base.json'), revision: join(folder, 'revision.json') };
    await writeFile(files.base, JSON.stringify(base));
    await writeFile(files.revision, JSON.stringify(revision));
    const args = ['diff', files.base, files.revision, '--format', 'json', '--fail-on', 'none'];
    const { code, stdout, stderr } = await redocly(args, signal);
    if (code !== 0) throw new SpecError(`redocly diff failed: ${stderr.trim() || stdout.trim()}`);
    return parseReport(stdout);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function parseReport(text: string): RawChange[] {
  let report: { reportVersion?: unknown; changes?: unknown };
  try {
    report = JSON.parse(text);
  } catch {
    throw new SpecError(`redocly diff gave no JSON report: ${text.slice(0, 200)}`);
  }
  // The command is experimental: another report is another contract, which must not be read as "no changes".
  if (report.reportVersion !== '1' || !Array.isArray(report.changes)) {
    throw new SpecError(
      `redocly diff gave a report of version ${String(report.reportVersion)}; 1 is known here`,
    );
  }
  return report.changes as RawChange[];
}
