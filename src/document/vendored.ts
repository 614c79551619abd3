import { createRequire } from 'node:module';

/**
 * Path of the OpenAPI document that this package was generated from.
 *
 * It is resolved by the package's own name, which works from the sources and from the built package.
 */
export function vendoredDocument(): string {
  return createRequire(import.meta.url).resolve('ev-energy-client/openapi.yaml');
}
