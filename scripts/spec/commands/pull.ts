import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder } from '../../../src/node/make-folder.js';
import { ROOT } from '../../root.js';
import { type Command, text } from '../command.js';
import { DETAILS } from '../places.js';
import { pull } from '../pull/pull.js';

export const pullCommand: Command = {
  usage: `  pull        take the published document in: fetch, correct, lint, compare, write, generate, check.
              Whatever fails, the project stays as it was. What was corrected and changed is told on one
              screen, and in full in reports/spec-pull.md.
    --from URL|FILE   the document (default: what openapi/overlay.yaml extends)
    --dry-run         show what would change, write nothing
    --base REF|FILE   with --dry-run: as if the vendored document were this one
    --skip-checks     write although the type check fails, to adapt the code by hand
`,
  options: {
    from: { type: 'string' },
    'dry-run': { type: 'boolean' },
    base: { type: 'string' },
    'skip-checks': { type: 'boolean' },
  },
  async run(values, io, signal) {
    const { report, details, written } = await pull(ROOT, {
      from: text(values, 'from'),
      dryRun: values['dry-run'] === true,
      base: text(values, 'base'),
      skipChecks: values['skip-checks'] === true,
      signal,
      progress: (line) => io.stderr.write(`${line}\n`),
    });
    io.stdout.write(report);
    if (written.length > 0) io.stdout.write(`Wrote ${named(written)}\n`);
    if (details !== '') {
      // By now the pull has succeeded, even if its report can't be written.
      const failure = await writeDetails(join(ROOT, DETAILS), details);
      if (failure === undefined) io.stdout.write(`The full report: ${DETAILS}\n`);
      else io.stderr.write(`Note: the full report, ${DETAILS}, can't be written: ${failure}\n`);
    }
    return 0;
  },
};

/** @returns why it couldn't be written; undefined if it was */
async function writeDetails(file: string, details: string): Promise<string | undefined> {
  try {
    await makeFolder(dirname(file));
    await writeFile(file, details);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** The names of the files, if they fit on a line. */
function named(files: readonly string[]): string {
  const [first, ...others] = [...files].reverse();
  return others.length < 3 ? files.join(', ') : `${first} and ${others.length} other files`;
}
