import { fileURLToPath } from 'node:url';

/**
 * The path of this file, from which others of the package are found. `import.meta` would tell it too; but a program that
 * Babel has turned into CommonJS, as Jest does, can't even be read where that word stands in it.
 */
export function ownFile(): string {
  const { prepareStackTrace, stackTraceLimit } = Error;
  try {
    Error.stackTraceLimit = 1;
    Error.prepareStackTrace = (_error, sites) => sites;
    const [site] = new Error().stack as unknown as readonly NodeJS.CallSite[];
    const name = site?.getFileName() ?? '';
    return name.startsWith('file:') ? fileURLToPath(name) : name;
  } finally {
    Object.assign(Error, { prepareStackTrace, stackTraceLimit });
  }
}
