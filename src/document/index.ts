export * from './conventions.js';
export { DocumentError } from './errors.js';
export { loadDocument, parseOpenApi } from './load.js';
export { camelCase, nameMethod, pascalCase, pathParameters } from './naming.js';
export { readOperations } from './operations.js';
export { isObject, join, type Located, lookup, resolve, tokens } from './pointer.js';
export { type Reference, referenceOf, referencesOf } from './references.js';
export { componentName, hasType, itemsOf, properties, propertyNames } from './schema.js';
export type * from './types.js';
