import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { DocumentError, loadDocument } from '../../src/document/index.js';
import { type Io, refuse } from '../io.js';
import { OutputError, staleFiles, writeFiles } from './output.js';

const HELP = `Usage: npm run generate -- [options]

Writes everything in generated/ from the OpenAPI document.

Options:
  --check        change nothing; exit 1 and name the files that are stale
  --spec FILE    the document (default: openapi/ev-energy-v2.yaml)
  --out FOLDER   where to write, a folder of its own (default: generated)
  --help         show this help

Exit codes: 0 done or up to date, 1 stale, 2 the document can't be generated
from, or the folder can't be written.
`;

/** Runs the command; gives the exit code. */
export async function main(args: readonly string[], io: Io = process): Promise<number> {
  try {
    return await run(args, io);
  } catch (error) {
    return refuse('generate', error, io, [DocumentError, OutputError]);
  }
}

async function run(args: readonly string[], io: Io): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      check: { type: 'boolean', default: false },
      spec: { type: 'string', default: 'openapi/ev-energy-v2.yaml' },
      out: { type: 'string', default: 'generated' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    io.stdout.write(HELP);
    return 0;
  }
  const document = await loadDocument(resolve(values.spec));
  // Takes a second to load; a document that is refused does without.
  const { generate } = await import('./generate.js');
  const files = await generate(document);
  const stale = await staleFiles(resolve(values.out), files);
  if (stale.length === 0) {
    io.stdout.write(`${values.out}/ is up to date with ${values.spec}\n`);
    return 0;
  }
  if (values.check) {
    const list = stale.map((name) => `  ${values.out}/${name}\n`).join('');
    io.stderr.write(`Stale, differs from what ${values.spec} gives:\n${list}Run: npm run generate\n`);
    return 1;
  }
  await writeFiles(resolve(values.out), files);
  io.stdout.write(`Wrote ${stale.map((name) => `${values.out}/${name}`).join(', ')}\n`);
  return 0;
}
