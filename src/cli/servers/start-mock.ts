import { startPrism } from '../../contract/targets/mock/prism.js';
import { loadDocument, readingNotes, readOperations, vendoredDocument } from '../../document/index.js';

/** A mock that runs, and how to call it. */
export interface StartedMock {
  readonly text: string;
  /** What reading the document had to change or add. */
  readonly notes: readonly string[];
  stop(): Promise<void>;
}

/**
 * Starts the mock of a document.
 * @throws CannotRun, DocumentError
 */
export async function startMock(port: number, file = vendoredDocument()): Promise<StartedMock> {
  const document = await loadDocument(file);
  // First, since it explains what is wrong, where Prism would just fail.
  const operations = readOperations(document);
  const { url, version, stop } = await startPrism(file, port);
  const callable = operations.filter(({ method, path }) => method === 'GET' && !path.includes('{'));
  const path = (callable.find(({ paging }) => paging) ?? callable[0])?.path ?? '/';
  return {
    text: `Prism ${version} serves ${operations.length} operations at ${url}

  curl -H 'Authorization: Bearer mock-token' ${url}${path}
  new EvEnergy({ baseUrl: '${url}', accessToken: 'mock-token' })

Any token is accepted. Ctrl-C ends it.
`,
    notes: readingNotes(document),
    stop,
  };
}
