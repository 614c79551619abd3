import openapiTS, { astToString } from 'openapi-typescript';
import type { OpenApiDocument } from '../../src/document/index.js';
import { modelNames } from './models.js';
import { quote } from './names.js';

/** `generated/schema.ts`: the wire types. The only file that calls openapi-typescript. */
export async function generateSchema(document: OpenApiDocument): Promise<string> {
  const nodes = await openapiTS(JSON.stringify(document), {
    readWriteMarkers: true,
    alphabetize: true,
    // A default in the document is what the server assumes, not something that an answer must carry.
    defaultNonNullable: false,
    emptyObjectsUnknown: true,
    silent: true,
  });
  // Not openapi-typescript's own root types: those are invalid for a schema name that is no identifier.
  const roots = [...modelNames(document)].map(
    ([schema, name]) => `export type ${name} = components['schemas'][${quote(schema)}];\n`,
  );
  return `${astToString(nodes)}${roots.join('')}`;
}
