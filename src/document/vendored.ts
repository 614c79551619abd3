import { ownFile } from './own-file.js';

/**
 * Path of the OpenAPI document that this package was generated from.
 *
 * It is resolved by the package's own name, which works from the sources and from the built package.
 */
export function vendoredDocument(): string {
  const { createRequire } = process.getBuiltinModule('node:module');
  return createRequire(ownFile()).resolve('ev-energy-client/openapi.yaml');
}
