import openapiTS, { astToString } from 'openapi-typescript';
import type { OpenApiDocument } from '../../src/document/index.js';

/** `generated/schema.ts`: the wire types. The only file that calls openapi-typescript. */
export async function generateSchema(document: OpenApiDocument): Promise<string> {
  const nodes = await openapiTS(JSON.stringify(document), {
    rootTypes: true,
    rootTypesNoSchemaPrefix: true,
    rootTypesKeepCasing: true,
    readWriteMarkers: true,
    alphabetize: true,
    // A default in the document is what the server assumes, not something that an answer must carry.
    defaultNonNullable: false,
    emptyObjectsUnknown: true,
    silent: true,
  });
  return astToString(nodes);
}
