/** `npm run mock [-- --port N] [--spec FILE]`: the mock of the document, until Ctrl-C. */
import { parseArgs } from 'node:util';
import { CannotRun } from '../src/contract/errors.js';
import { startPrism } from '../src/contract/targets/mock/prism.js';
import { loadDocument, readOperations, vendoredDocument } from '../src/document/index.js';

const HELP = `Usage: npm run mock -- [--port N] [--spec FILE]

Starts Prism on the OpenAPI document, on 127.0.0.1, until Ctrl-C.

  --port N     port to listen on, 0 for any free one (default 4010)
  --spec FILE  another OpenAPI document
  --help       this text
`;

async function main(): Promise<void> {
  const { values } = readArguments();
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535) {
    throw new CannotRun(`--port must be a number from 0 to 65535, not '${values.port}'.`);
  }
  const document = await loadDocument(values.spec);
  const prism = await startPrism(values.spec, port);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      process.stdout.write('\nThe mock has ended.\n');
      // Open keep-alive connections would hold a graceful close back.
      process.exit(0);
    });
  }
  const operations = readOperations(document);
  const example = operations.find(({ method, path }) => method === 'GET' && !path.includes('{'));
  const path = example?.path ?? '/';
  process.stdout.write(`Prism ${prism.version} serves ${operations.length} operations at ${prism.url}

  curl -H 'Authorization: Bearer mock-token' ${prism.url}${path}
  new EvEnergy({ baseUrl: '${prism.url}', accessToken: 'mock-token' })

Any token is accepted. Ctrl-C ends it.
`);
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        port: { type: 'string', default: '4010' },
        spec: { type: 'string', default: vendoredDocument() },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
  } catch (cause) {
    throw new CannotRun(`${(cause as Error).message}\nSee npm run mock -- --help.`, { cause });
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
