import { cp, mkdir, mkdtemp, readFile, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { run } from '../run.js';
import { SpecError } from './errors.js';

/** A place in the former release's code that no longer compiles. */
export interface Broken {
  file: string;
  line: number;
  message: string;
}

export interface ConsumersResult {
  base: string;
  files: string[];
  broken: Broken[];
}

/** The client itself; everything else uses the client. */
const CLIENT = ['src', 'generated'];
const EXAMPLES = 'examples';

/**
 * Type-checks the type tests and examples of a former release against the current client.
 *
 * @param base a Git revision, a folder or a tarball. Default: the latest tag.
 * @throws SpecError if there is no such release, or nothing in it to check.
 */
export async function checkConsumers(
  root: string,
  base?: string,
  signal?: AbortSignal,
): Promise<ConsumersResult> {
  const name = base ?? (await latestTag(root, signal));
  const folder = await mkdtemp(join(tmpdir(), 'ev-energy-consumers-'));
  try {
    const former = join(folder, 'former');
    await extract(root, name, former, signal);
    const files = consumersIn(former);
    if (files.length === 0) throw new SpecError(`${name} holds no type tests (*.test-d.ts) and no examples`);
    const now = join(folder, 'now');
    await arrange(root, root, former, files, now);
    const found = await compile(now, files);
    // Ignore what didn't compile with the former client either.
    const known =
      found.length > 0 ? await errorsBefore(root, former, files, join(folder, 'before')) : new Set();
    const broken = found.filter((error) => !known.has(key(error)));
    return { base: name, files, broken };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The result as text. */
export function renderConsumers({ base, files, broken }: ConsumersResult): string {
  const head = `${files.length} type tests and examples of ${base}, checked against the client as it is now.\n`;
  if (broken.length === 0) return `${head}All of them still compile.\n`;
  const lines = broken.map(({ file, line, message }) => `  ${file}:${line} ${message}\n`);
  return `${head}These places would stop compiling:\n${lines.join('')}`;
}

async function latestTag(root: string, signal: AbortSignal | undefined): Promise<string> {
  const { code, stdout } = await run('git', ['describe', '--tags', '--abbrev=0'], { cwd: root, signal });
  if (code !== 0) throw new SpecError('There is no release tag yet; say --base REF|FOLDER|TARBALL');
  return stdout.trim();
}

async function extract(
  root: string,
  base: string,
  into: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const place = resolve(root, base);
  const found = await stat(place).catch(() => undefined);
  await mkdir(into);
  if (found?.isDirectory()) {
    for (const part of [...CLIENT, EXAMPLES]) await copyIfThere(join(place, part), join(into, part));
    return;
  }
  let archive = place;
  if (!found?.isFile()) {
    archive = join(into, 'former.tar');
    const args = ['archive', '--format=tar', `--output=${archive}`, '--end-of-options', base];
    const { code } = await run('git', args, { cwd: root, signal });
    if (code !== 0) throw new SpecError(`'${base}' is neither a Git revision nor a folder nor a tarball`);
  }
  // npm packages have all their files under package/.
  const strip = found?.isFile() ? ['--strip-components=1'] : [];
  const { code, stderr } = await run('tar', ['-xf', archive, '-C', into, ...strip], { signal });
  if (code !== 0) throw new SpecError(`Can't unpack ${base}: ${stderr.trim()}`);
}

function consumersIn(folder: string): string[] {
  const inSource = ts.sys
    .readDirectory(join(folder, 'src'), ['.ts'])
    .filter((file) => file.endsWith('.test-d.ts'));
  const examples = ts.sys.readDirectory(
    join(folder, EXAMPLES),
    ['.ts', '.mts'],
    ['**/node_modules', '**/*.test.ts'],
  );
  return [...inSource, ...examples].map((file) => relative(folder, file)).sort();
}

/** Sets up a project with one release's client and another's consumers. */
async function arrange(
  root: string,
  client: string,
  consumers: string,
  files: readonly string[],
  into: string,
): Promise<void> {
  for (const part of CLIENT) {
    await copyIfThere(join(client, part), join(into, part), (source) => !source.endsWith('.test-d.ts'));
  }
  for (const file of files) await cp(join(consumers, file), join(into, file));
  for (const file of ['package.json', 'tsconfig.json']) await cp(join(root, file), join(into, file));
  const packages = join(root, 'node_modules');
  if (await stat(packages).catch(() => undefined)) await symlink(packages, join(into, 'node_modules'), 'dir');
}

async function errorsBefore(
  root: string,
  former: string,
  files: readonly string[],
  into: string,
): Promise<Set<string>> {
  await arrange(root, former, former, files, into);
  return new Set((await compile(into, files)).map(key));
}

async function compile(folder: string, files: readonly string[]): Promise<Broken[]> {
  const config = ts.readConfigFile(join(folder, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, folder);
  const names = files.map((file) => join(folder, file));
  const program = ts.createProgram(names, { ...options, noEmit: true, ...(await ownName(folder)) });
  return names.flatMap((name) => {
    const source = program.getSourceFile(name);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map((diagnostic) => ({
      file: relative(folder, name),
      line: source ? source.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line + 1 : 0,
      message: ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ').replace(/\s+/g, ' '),
    }));
  });
}

/** Maps the package's own name to its sources: examples import it by name, as consumers do. */
async function ownName(folder: string): Promise<ts.CompilerOptions> {
  const { name, exports } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const paths: Record<string, string[]> = {};
  for (const [key, target] of Object.entries<{ types?: string }>(exports ?? {})) {
    if (typeof target?.types !== 'string') continue;
    paths[join(name, key)] = [target.types.replace('/dist/', '/').replace(/\.d\.ts$/, '.ts')];
  }
  return { paths, baseUrl: folder };
}

function key({ file, line, message }: Broken): string {
  return `${file}:${line} ${message}`;
}

async function copyIfThere(
  from: string,
  to: string,
  filter: (source: string) => boolean = () => true,
): Promise<void> {
  if (await stat(from).catch(() => undefined)) await cp(from, to, { recursive: true, filter });
}
