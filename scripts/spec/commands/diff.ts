import { readingNotes } from '../../../src/document/index.js';
import { inert } from '../../../src/text/words.js';
import { ROOT } from '../../root.js';
import { type Command, text, type Values } from '../command.js';
import { proposeBump } from '../diff/bump.js';
import { compareDocuments } from '../diff/compare-documents.js';
import { FORMATS, type Format, render } from '../diff/render/render.js';
import { SpecError } from '../errors.js';
import { DOCUMENT } from '../places.js';
import { documentAt } from '../revision.js';
import { packageVersion } from '../version.js';

export const diffCommand: Command = {
  usage: `  diff        what changed in the document, rated for code that uses the client, with the methods and types
              that it touches and the version that it asks for
    --base REF|FILE       compare with this Git revision or file (default: HEAD)
    --revision REF|FILE   in place of the vendored document
    --format text|json|markdown|changeset
    --all                 as text: every change with what shows it, not only the causes that fit a screen
`,
  options: {
    base: { type: 'string' },
    revision: { type: 'string' },
    format: { type: 'string' },
    all: { type: 'boolean' },
  },
  async run(values, io, signal) {
    const format = formatOf(values);
    const base = text(values, 'base') ?? 'HEAD';
    const revision = text(values, 'revision') ?? DOCUMENT;
    const [before, after] = [await documentAt(ROOT, base), await documentAt(ROOT, revision)];
    for (const [place, document] of [
      [base, before],
      [revision, after],
    ] as const) {
      for (const note of readingNotes(document)) io.stderr.write(`${inert(`Note: ${place}: ${note}`)}\n`);
    }
    const changes = await compareDocuments(before, after, signal);
    const bump = proposeBump(changes, await packageVersion(ROOT));
    io.stdout.write(render({ base, revision, changes, bump }, format, { all: values.all === true }));
    return changes.some((change) => change.impact === 'breaking') ? 1 : 0;
  },
};

function formatOf(values: Values): Format {
  const format = text(values, 'format') ?? 'text';
  const known = FORMATS.find((name) => name === format);
  if (!known) throw new SpecError(`--format must be ${FORMATS.join(', ')}, not '${format}'`);
  return known;
}
