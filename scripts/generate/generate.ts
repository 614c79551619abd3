import { type OpenApiDocument, readOperations } from '../../src/document/index.js';
import { sha256 } from '../../src/document/read/parsed.js';
import { generateClient } from './client/client.js';
import { generateCommands } from './commands.js';
import { generateModels } from './models.js';
import { visible } from './names.js';
import { generateOperations } from './operations.js';
import { BANNER } from './output.js';
import { generateSchema } from './schema/schema.js';
import { generateBodyNames } from './validators/body-names.js';
import { generateValidators, validatorTypes } from './validators/validators.js';
import { generateWebhooks } from './webhooks.js';

/**
 * Everything derived from a document: the text of each file, by its name in the output folder.
 *
 * @param text that the document was parsed from.
 * @throws DocumentError if the document can't be generated from.
 */
export async function generate(document: OpenApiDocument, text = ''): Promise<Map<string, string>> {
  const operations = readOperations(document);
  // Sequential, so that the first part that fails is the one reported.
  const files = {
    'schema.ts': await generateSchema(document),
    'models.ts': generateModels(document),
    'operations.ts': generateOperations(document, operations),
    'client.ts': generateClient(document, operations),
    'commands.ts': generateCommands(document, operations),
    'body-names.ts': generateBodyNames(document, operations),
    'webhooks.ts': generateWebhooks(document),
    'validators.js': await generateValidators(document, operations),
    'validators.d.ts': validatorTypes(),
  };
  // Because of the hash, every change of the document shows, even one that changes no code.
  const hash = sha256(JSON.stringify(document));
  const banner = `${BANNER} (sha256 ${hash}). Do not edit.\n`;
  const code = Object.entries(files).map(
    ([name, body]) => [name, visible(`${banner}${body.trimEnd()}\n`)] as const,
  );
  return new Map([...code, ['document.json', visible(parsedDocument(document, text))]]);
}

/** The document in a form that can be read quickly (src/document/read/parsed.ts). */
function parsedDocument(document: OpenApiDocument, text: string): string {
  return `${JSON.stringify({ generated: `${BANNER.slice(3)}. Do not edit.`, sha256: sha256(text), document }, null, 1)}\n`;
}
