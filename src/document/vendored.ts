import { createRequire } from 'node:module';

/**
 * Path of the OpenAPI document that this package was generated from.
 *
 * Resolved by the package's own name, so that it is found from the sources and from the built package alike.
 */
export function vendoredDocument(): string {
  return createRequire(import.meta.url).resolve('ev-energy-client/openapi.yaml');
}
