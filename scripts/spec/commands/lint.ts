import { join } from 'node:path';
import { ROOT } from '../../root.js';
import { type Command, text } from '../command.js';
import { lint, renderProblems } from '../lint.js';
import { DOCUMENT, LINT_RULES } from '../places.js';

export const lintCommand: Command = {
  usage: `  lint        check the vendored document with the rules in redocly.yaml
    --spec FILE       another document
`,
  options: { spec: { type: 'string' } },
  async run(values, io, signal) {
    const problems = await lint(text(values, 'spec') ?? join(ROOT, DOCUMENT), join(ROOT, LINT_RULES), signal);
    io.stdout.write(renderProblems(problems));
    return problems.some((problem) => problem.severity === 'error') ? 1 : 0;
  },
};
