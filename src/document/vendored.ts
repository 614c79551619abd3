import { createRequire } from 'node:module';
import { ownFile } from './own-file.js';

/**
 * Path of the OpenAPI document that this package was generated from.
 *
 * It is resolved by the package's own name, which works from the sources and from the built package.
 */
export function vendoredDocument(): string {
  return createRequire(ownFile()).resolve('ev-energy-client/openapi.yaml');
}
