import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpenApiDocument } from '../../../src/document/index.js';
import { type Finished, run } from '../../run.js';
import { type Corrected, correct, dropRefused, dropUnfit, isCorrected } from '../correct/correct.js';
import { readOverlay } from '../correct/overlay.js';
import { proposeBump } from '../diff/bump.js';
import { compareDocuments } from '../diff/compare-documents.js';
import type { Change } from '../diff/types.js';
import { SpecError } from '../errors.js';
import { keepOurs } from '../keep/keep.js';
import { lint, type Problem, renderProblems } from '../lint.js';
import { DOCUMENT, GENERATED, LINT_RULES, OVERLAY } from '../places.js';
import { documentAt } from '../revision.js';
import { packageVersion } from '../version.js';
import { fetchText } from './fetch.js';
import { assertSameApi, parsePublished } from './identity.js';
import { withStage } from './stage.js';
import { type Summary, summarise } from './summary.js';
import { swapIn } from './swap.js';

export interface PullOptions {
  /** URL or file of the published document. Default: the one that the overlay extends. */
  from?: string | undefined;
  /** Show what would change, and write nothing. */
  dryRun?: boolean | undefined;
  /** Git revision or file whose document replaces the vendored one in the comparison. Only with `dryRun`. */
  base?: string | undefined;
  /** Write even if the type check fails, to adapt the code to a breaking change. */
  skipChecks?: boolean | undefined;
  timeoutMs?: number | undefined;
  signal?: AbortSignal | undefined;
  /** Called with each step, as a line of text. */
  progress?: (line: string) => void;
}

/** The programs that a pull runs in its copy of the project, which take most of the time. */
export interface Programs {
  lint: typeof lint;
  /** Runs a script of the copy's package.json. */
  runScript(stage: string, script: string, signal: AbortSignal | undefined): Promise<Finished>;
}

const PROGRAMS: Programs = {
  lint,
  runScript: (stage, script, signal) => run('npm', ['run', '--silent', script], { cwd: stage, signal }),
};

/** The result of a pull. */
export interface Pulled extends Summary {
  /** Files that were written. */
  written: string[];
}

/** Only the client, without this repository's tests and examples, which may rely on the former document. */
const TYPES = 'check:client';

/**
 * Takes in a published document: fetches, corrects, lints, compares and writes it, generates from it, and checks the
 * result. All of this happens in a copy of the project; the project itself changes at the very end, or not at all.
 *
 * @throws SpecError | DocumentError that says what is wrong; then nothing was changed.
 */
export async function pull(
  root: string,
  options: PullOptions = {},
  programs: Programs = PROGRAMS,
): Promise<Pulled> {
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
  const text = await fetchText(from, { signal, timeoutMs: options.timeoutMs });
  const published = parsePublished(text, from);
  assertSameApi(published, current, from);
  progress('Correcting');
  const pulled = await correct(published, overlay, signal);
  const kept = keepOurs(current, pulled.document);
  const corrected = await dropUnfit({ ...pulled, document: kept.document }, signal);
  const same = { report: `No change: ${base} is what ${from} gives.\n`, details: '', written: [] };
  if (isSame(corrected.document, current)) return same;

  return withStage(root, async (stage) => {
    progress('Linting');
    const linted = await withoutErrors(stage, corrected, programs, signal);
    if (isSame(linted.document, current)) return same;

    // Each of these takes seconds, and they don't depend on each other.
    progress('Comparing');
    const [changes, failure] = await together([
      compareDocuments(current, linted.document, signal),
      options.dryRun ? undefined : generated(stage, options, programs, progress),
    ]);
    const bump = proposeBump(changes, await packageVersion(root));
    const summary = summarise(
      linted,
      kept.sentences,
      { base, revision: from, changes, bump },
      nextSteps(options, changes),
    );
    if (options.dryRun) return { ...summary, written: [] };
    if (failure) {
      throw new SpecError(
        `${failure.message}\n\n${summary.report}\nTo adapt the code by hand, pull with --skip-checks`,
      );
    }
    signal?.throwIfAborted();
    return { ...summary, written: swapIn(root, stage, [DOCUMENT, GENERATED]) };
  });
}

/**
 * Generates the client and checks its types. Returns the type errors, which are reported along with the changes.
 *
 * @throws SpecError if it can't be generated.
 */
async function generated(
  stage: string,
  { signal, skipChecks }: PullOptions,
  programs: Programs,
  progress: (line: string) => void,
): Promise<SpecError | undefined> {
  progress('Generating');
  await runScript(stage, 'generate', programs, signal);
  if (skipChecks) return undefined;
  progress(`Running npm run ${TYPES}`);
  return runScript(stage, TYPES, programs, signal).then(
    () => undefined,
    (error: unknown) => {
      if (error instanceof SpecError) return error;
      throw error;
    },
  );
}

/** The lint judges examples only where their schemas are sound: another mistake may come to light once one is gone. */
const ROUNDS = 3;

/**
 * Writes the document into the stage, without what the lint finds wrong in it and the pull corrects itself.
 *
 * @throws SpecError if there is more, which the overlay has to correct.
 */
async function withoutErrors(
  stage: string,
  corrected: Corrected,
  programs: Programs,
  signal: AbortSignal | undefined,
): Promise<Corrected> {
  let linted = corrected;
  for (let round = 1; ; round += 1) {
    await writeFile(join(stage, DOCUMENT), linted.text);
    const { document } = linted;
    const found = await errorsIn(stage, programs, signal, (problem) => {
      return round < ROUNDS && isCorrected(document, problem);
    });
    if (found.length === 0) return linted;
    linted = dropRefused(linted, found);
  }
}

/**
 * The errors that the lint finds in the stage's document.
 *
 * @param corrected tells which of them the pull corrects itself.
 * @throws SpecError if there are others, which the overlay has to correct.
 */
async function errorsIn(
  stage: string,
  programs: Programs,
  signal: AbortSignal | undefined,
  corrected: (problem: Problem) => boolean,
): Promise<Problem[]> {
  const problems = await programs.lint(join(stage, DOCUMENT), join(stage, LINT_RULES), signal);
  const errors = problems.filter((problem) => problem.severity === 'error');
  if (errors.every(corrected)) return errors;
  const left = errors.filter((problem) => !corrected(problem));
  throw new SpecError(
    `The document has errors that a pull doesn't correct by itself: add an action for each to ${OVERLAY}, ` +
      `with its reason.\n${renderProblems(left)}`,
  );
}

/** Waits for all of them, even if one fails, since their files are removed afterwards. */
async function together<const Work extends readonly unknown[]>(
  work: Work,
): Promise<{ [Index in keyof Work]: Awaited<Work[Index]> }> {
  await Promise.allSettled(work);
  return (await Promise.all(work)) as { [Index in keyof Work]: Awaited<Work[Index]> };
}

function nextSteps({ dryRun, from }: PullOptions, changes: readonly Change[]): string[] {
  const breaking = changes.some(({ impact }) => impact === 'breaking');
  if (dryRun) return [`npm run spec -- pull${from === undefined ? '' : ` --from ${from}`}   to take it in`];
  return [
    'git diff openapi/                       to read what came',
    ...(breaking
      ? ['npm run check:types                     tests and examples that are about what it had before']
      : []),
    'npx vitest run scripts/generate -u      to take over new method names',
    'npm run contract                        to try it against the mock',
  ];
}

function isSame(a: OpenApiDocument, b: OpenApiDocument): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

async function runScript(
  stage: string,
  script: string,
  programs: Programs,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { code, stdout, stderr } = await programs.runScript(stage, script, signal);
  if (code === 0) return;
  const output = `${stdout}${stderr}`.trim().split('\n').slice(0, 40).join('\n');
  throw new SpecError(`npm run ${script} fails with the new document; nothing was changed:\n${output}`);
}
