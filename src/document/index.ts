export { CURSORS, EXPAND, PAGE_AFTER, PAGE_BEFORE, PAGE_NUMBER, PAGE_SIZE } from '../text/conventions.js';
export * from './conventions.js';
export { DocumentError } from './errors.js';
export { DEEPEST_JSON, fragmentOf, isObject, isTooDeep, join, lookup, parseJson, tokens } from './json.js';
export { CLIENT_MEMBERS, camelCase, pascalCase, pathParameters } from './naming.js';
export { describeSharedNames } from './operations/collisions.js';
export {
  bodySchema,
  declaredMedia,
  declaredResponse,
  declaresProblem,
  essence,
  isJson,
  PROBLEM,
} from './operations/declared.js';
export { isAskedFor, isHeaderName, isPromised } from './operations/headers.js';
export { METHODS } from './operations/methods.js';
export { readOperations } from './operations/operations.js';
export { separatorOf } from './operations/parts.js';
export { type PathTemplate, pathAbove, pathPattern, pathShape, pathTemplates } from './operations/route.js';
export { readUploads, type Upload } from './operations/uploads.js';
export { readWebhooks } from './operations/webhooks.js';
export { documentOf, givenDocument, loadDocument, parseOpenApi, readDocumentText } from './read/load.js';
export { readingNotes } from './read/notes.js';
export { withoutUnreadable } from './read/patterns.js';
export { readFailure } from './read/read-failure.js';
export { parseYaml } from './read/yaml.js';
export { contradictionsOf } from './references/contradictions.js';
export { goesOneWay, notAskingFor } from './references/one-way-fields.js';
export { type ExpandedForm, expandedForms, type Reference, referencesOf } from './references/references.js';
export { type Located, resolve } from './references/resolve.js';
export {
  allProperties,
  componentName,
  hasChoices,
  hasType,
  itemsOf,
  listsType,
  properties,
  propertyNames,
} from './references/schema.js';
export { subschemas, walkSchemas } from './references/walk-schemas.js';
export { danglingReference } from './refused/dangling.js';
export { type SecurityScheme, securityOf } from './security.js';
export { readOAuth, readScopes, readServers, serverUrl } from './servers.js';
export type * from './types.js';
export { schemaCompiler, withLinearErrors } from './values/compiler.js';
export { patternOf } from './values/pattern.js';
export { vendoredDocument } from './vendored.js';
