import { ApiError } from './api-error.js';

/** A success whose body isn't the JSON that the operation promises; the message shows how it starts. */
export class UnreadableBodyError extends ApiError {
  static {
    UnreadableBodyError.prototype.name = 'UnreadableBodyError';
  }
}
