import { createHash } from 'node:crypto';
import { type OpenApiDocument, readOperations } from '../../src/document/index.js';
import { generateClient } from './client/client.js';
import { generateModels } from './models.js';
import { generateOperations } from './operations.js';
import { BANNER } from './output.js';
import { generateSchema } from './schema.js';
import { generateValidators, validatorTypes } from './validators/validators.js';
import { generateWebhooks } from './webhooks.js';

/**
 * Everything that is derived from a document: the text of each file, by its name in the output folder.
 *
 * @throws DocumentError when the document can't be generated from.
 */
export async function generate(document: OpenApiDocument): Promise<Map<string, string>> {
  const operations = readOperations(document);
  // Sequential: the first part that can't be made of the document is the one that is reported.
  const files = {
    'schema.ts': await generateSchema(document),
    'models.ts': generateModels(document),
    'operations.ts': generateOperations(document, operations),
    'client.ts': generateClient(document, operations),
    'webhooks.ts': generateWebhooks(document),
    'validators.js': await generateValidators(document, operations),
    'validators.d.ts': validatorTypes(),
  };
  // The hash makes every change of the document show, also one that changes no code.
  const hash = createHash('sha256').update(JSON.stringify(document)).digest('hex');
  const banner = `${BANNER} (sha256 ${hash}). Do not edit.\n`;
  return new Map(Object.entries(files).map(([name, text]) => [name, `${banner}${text.trimEnd()}\n`]));
}
