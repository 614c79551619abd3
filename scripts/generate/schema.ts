import openapiTS, { astToString } from 'openapi-typescript';
import type { OpenApiDocument } from '../../src/document/index.js';
import { modelNames } from './models.js';
import { quote } from './names.js';

/** `generated/schema.ts`: the wire types. Only this file calls openapi-typescript. */
export async function generateSchema(document: OpenApiDocument): Promise<string> {
  const nodes = await openapiTS(JSON.stringify(document), {
    readWriteMarkers: true,
    alphabetize: true,
    // A default in the document is what the server assumes, not something that an answer must have.
    defaultNonNullable: false,
    emptyObjectsUnknown: true,
    silent: true,
  });
  // Not openapi-typescript's own root types, which are invalid if a schema name isn't an identifier.
  const roots = [...modelNames(document)].map(
    ([schema, name]) => `export type ${name} = components['schemas'][${quote(schema)}];\n`,
  );
  return `${astToString(nodes)}${roots.join('')}`;
}
