/**
 * A transport on undici, with proxies. Node; wants `undici`.
 *
 * @module ev-energy-client/undici
 */

export { type UndiciTransport, type UndiciTransportOptions, undiciTransport } from './transport.js';
