export { type UndiciTransport, type UndiciTransportOptions, undiciTransport } from './transport.js';
