import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  DocumentError,
  describeSharedNames,
  parseOpenApi,
  readDocumentText,
  readingNotes,
  readOperations,
  withoutUnreadable,
} from '../../src/document/index.js';
import { inert } from '../../src/text/words.js';
import { type Io, refuse, safeIo } from '../io.js';
import { ROOT } from '../root.js';
import { completeSwap } from '../spec/pull/swap.js';
import { OutputError, staleFiles, writeFiles } from './output.js';
import { RULE_INDEX, staleRuleIndex } from './rule-index.js';

const HELP = `Usage: npm run generate -- [options]

Writes everything in generated/ from the OpenAPI document, and the list of the
contract rules from their folder.

Options:
  --check        change nothing; exit 1 and name the files that are stale
  --spec FILE    the document (default: openapi/ev-energy-v2.yaml)
  --out FOLDER   write there alone, a folder of its own (default: generated)
  --help         show this help

Exit codes: 0 done or up to date, 1 stale, 2 the document can't be generated
from, or the folder can't be written; 130, 143, 129 ended by SIGINT, SIGTERM,
SIGHUP, the folder as it was.
`;

/** Runs the command; returns the exit code. */
export async function main(args: readonly string[], given: Io = process): Promise<number> {
  const io = safeIo(given);
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
      out: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    io.stdout.write(HELP);
    return 0;
  }
  const { spec, out = 'generated' } = values;
  if (completeSwap(ROOT)) io.stderr.write('Completed the pull that was killed before its end\n');
  const text = await readDocumentText(resolve(spec));
  // Parsed again, since the last generation's result is what is being checked.
  const document = parseOpenApi(text, resolve(spec));
  // Loaded late, since it takes a second; a refused document doesn't need it.
  const { generate } = await import('./generate.js');
  const files = await generate(document, text);
  const notes = [
    ...readingNotes(document),
    ...describeSharedNames(readOperations(document)),
    ...withoutUnreadable(document).notes,
  ];
  for (const note of notes) io.stderr.write(`${inert(`Note: ${note}`)}\n`);
  const stale = (await staleFiles(resolve(out), files)).map((name) => `${out}/${name}`);
  // The rules belong to the project, whatever the document.
  const rules = values.out === undefined ? await staleRuleIndex() : undefined;
  const all = rules ? [...stale, RULE_INDEX] : stale;
  if (all.length === 0) {
    io.stdout.write(`${out}/ is up to date with ${spec}\n`);
    return 0;
  }
  if (values.check) {
    const list = all.map((name) => `  ${name}\n`).join('');
    io.stderr.write(`Stale, differs from what ${spec} gives:\n${list}Run: npm run generate\n`);
    return 1;
  }
  if (stale.length > 0) await writeFiles(resolve(out), files);
  if (rules) await writeFile(RULE_INDEX, rules);
  io.stdout.write(`Wrote ${all.join(', ')}\n`);
  return 0;
}
