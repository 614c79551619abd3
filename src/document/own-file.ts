/**
 * The path of this file, from which others of the package are found. `import.meta` would tell it too; but a program
 * that Babel has turned into CommonJS, as Jest does, can't even be read where that word stands in it.
 *
 * The modules of Node that `src/document` and the fake need are asked for where they are used, and not imported: so
 * bundlers can make a program of them for a page or a service worker, which gives the fake its document and needs none.
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
