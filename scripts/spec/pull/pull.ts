import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../run.js';
import { correct, renderCorrections } from '../correct/correct.js';
import { readOverlay } from '../correct/overlay.js';
import { proposeBump } from '../diff/bump.js';
import { compareDocuments } from '../diff/compare-documents.js';
import { render } from '../diff/render/render.js';
import { SpecError } from '../errors.js';
import { lint, renderProblems } from '../lint.js';
import { DOCUMENT, GENERATED, LINT_RULES, OVERLAY } from '../places.js';
import { documentAt } from '../revision.js';
import { packageVersion } from '../version.js';
import { fetchText } from './fetch.js';
import { assertSameApi, parsePublished } from './identity.js';
import { withStage } from './stage.js';
import { swapIn } from './swap.js';

export interface PullOptions {
  /** URL or file of the published document; without it the one that the overlay extends. */
  from?: string | undefined;
  /** Shows what would change and writes nothing. */
  dryRun?: boolean | undefined;
  /** Git revision or file whose document stands in for the vendored one. For `dryRun` alone. */
  base?: string | undefined;
  /** Writes although the type check fails: for adapting the code to a breaking change. */
  skipChecks?: boolean | undefined;
  timeoutMs?: number | undefined;
  signal?: AbortSignal | undefined;
  /** What is being done, a line at a time. */
  progress?: (line: string) => void;
}

/**
 * Takes a published document in: fetched, corrected, linted, compared, written, generated from and checked. All in a
 * copy of the project; the project itself changes at the very end, or not at all.
 *
 * @returns the report of what changed, and the files that were written.
 * @throws SpecError | DocumentError that says what is wrong; nothing was changed then.
 */
export async function pull(
  root: string,
  options: PullOptions = {},
): Promise<{ report: string; written: string[] }> {
  const { signal } = options;
  if (options.base !== undefined && !options.dryRun) {
    throw new SpecError('--base needs --dry-run: what is written always replaces the vendored document');
  }
  const base = options.base ?? DOCUMENT;
  const progress = options.progress ?? (() => undefined);
  const overlay = await readOverlay(join(root, OVERLAY));
  const from = options.from ?? overlay.extends;
  if (from === undefined)
    throw new SpecError(`Say --from URL|FILE, or name the document in 'extends' of ${OVERLAY}`);
  const current = await documentAt(root, base);

  progress(`Fetching ${from}`);
  const published = parsePublished(await fetchText(from, { signal, timeoutMs: options.timeoutMs }), from);
  assertSameApi(published, current, from);

  const corrected = correct(published, overlay);
  progress(`Corrected:\n${renderCorrections(corrected).trimEnd()}`);
  if (JSON.stringify(corrected.document) === JSON.stringify(current)) {
    return { report: `No change: ${base} is what ${from} gives.\n`, written: [] };
  }

  return withStage(root, async (stage) => {
    await writeFile(join(stage, DOCUMENT), corrected.text);
    progress('Linting');
    const problems = await lint(join(stage, DOCUMENT), join(stage, LINT_RULES), signal);
    if (problems.some((problem) => problem.severity === 'error')) {
      throw new SpecError(
        `The document has errors; correct them in ${OVERLAY}:\n${renderProblems(problems)}`,
      );
    }
    progress('Comparing');
    const changes = await compareDocuments(current, corrected.document, signal);
    const bump = proposeBump(changes, await packageVersion(root));
    const report = render({ base, revision: from, changes, bump }, 'text');
    if (options.dryRun) return { report, written: [] };

    progress('Generating');
    await npmRun(stage, 'generate', signal);
    const checks = options.skipChecks ? ['check:generated'] : ['check:generated', 'check:types'];
    for (const check of checks) {
      progress(`Running npm run ${check}`);
      await npmRun(stage, check, signal).catch((cause: unknown) => {
        if (!(cause instanceof SpecError)) throw cause;
        throw new SpecError(
          `${cause.message}\n\n${report}\nTo adapt the code by hand, pull with --skip-checks`,
        );
      });
    }
    signal?.throwIfAborted();
    return { report, written: swapIn(root, stage, [DOCUMENT, GENERATED]) };
  });
}

async function npmRun(stage: string, script: string, signal: AbortSignal | undefined): Promise<void> {
  const { code, stdout, stderr } = await run('npm', ['run', '--silent', script], { cwd: stage, signal });
  if (code === 0) return;
  const output = `${stdout}${stderr}`.trim().split('\n').slice(0, 40).join('\n');
  throw new SpecError(`npm run ${script} fails with the new document; nothing was changed:\n${output}`);
}
