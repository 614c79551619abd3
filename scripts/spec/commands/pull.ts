import { ROOT } from '../../root.js';
import { type Command, text } from '../command.js';
import { pull } from '../pull/pull.js';

export const pullCommand: Command = {
  usage: `  pull        take the published document in: fetch, correct, lint, compare, write, generate, check.
              Whatever fails, the project stays as it was.
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
    const { report, written } = await pull(ROOT, {
      from: text(values, 'from'),
      dryRun: values['dry-run'] === true,
      base: text(values, 'base'),
      skipChecks: values['skip-checks'] === true,
      signal,
      progress: (line) => io.stderr.write(`${line}\n`),
    });
    io.stdout.write(report);
    if (written.length > 0) io.stdout.write(`Wrote ${written.join(', ')}\n`);
    return 0;
  },
};
