/** OAuth's code and its library are large, and who has a token of their own never needs them. */
export function loadTokenEndpoint(): Promise<typeof import('./token-endpoint.js')> {
  return import('./token-endpoint.js');
}
