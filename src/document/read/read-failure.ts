const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file. Is the path right?',
  ENOTDIR: 'a part of the path is not a folder. Is the path right?',
  EISDIR: 'it is a folder: name a file in it.',
  EFBIG: 'it gives more than 256 MB: name a file that ends.',
  EACCES: 'this user may not read it: change its permissions.',
};

/** Says why a file couldn't be read, and what to do about it. */
export function readFailure(cause: unknown): string {
  const { code = '', message } = cause as NodeJS.ErrnoException;
  return REASONS[code] ?? `${message}. Is the path right?`;
}
