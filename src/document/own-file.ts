/**
 * The path of this file, from which the package's other files are found. `import.meta` would tell it too, but when
 * Babel turns the code into CommonJS, as Jest does, that word is a syntax error.
 *
 * The modules of Node that `src/document` and the fake need are looked up where they are used, rather than imported, so
 * that bundlers can build a page or a service worker, which passes the fake its document and needs none of them.
 */
export function ownFile(): string {
  const { prepareStackTrace, stackTraceLimit } = Error;
  try {
    Error.stackTraceLimit = 1;
    Error.prepareStackTrace = (_error, sites) => sites;
    const [site] = new Error().stack as unknown as readonly NodeJS.CallSite[];
    const name = site?.getFileName() ?? '';
    return name.startsWith('file:') ? process.getBuiltinModule('node:url').fileURLToPath(name) : name;
  } finally {
    Object.assign(Error, { prepareStackTrace, stackTraceLimit });
  }
}
