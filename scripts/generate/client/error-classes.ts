/** The class of error that the client throws for a status, for the documentation. */
export function errorClass(status: string): string {
  return CLASSES[status] ?? (status.startsWith('5') ? 'ServerError' : 'ApiError');
}

const CLASSES: Record<string, string> = {
  '400': 'BadRequestError',
  '401': 'AuthenticationError',
  '403': 'PermissionDeniedError',
  '404': 'NotFoundError',
  '409': 'ConflictError',
  '422': 'UnprocessableEntityError',
  '429': 'RateLimitError',
};
