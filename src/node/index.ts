/**
 * Tokens in a file, for the programs of one machine. Node.
 *
 * @module ev-energy-client/node
 */

export { fileTokenStore } from './file-token-store.js';
