import { type ChildProcess, spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/**
 * Serves a worker with workerd, without Node compatibility: it only has web standards.
 *
 * @param program The worker as one ES module.
 * @returns the server's address, and a function that ends it.
 */
export async function startWorkerd(
  workerd: string,
  folder: string,
  program: string,
  variables: Record<string, string>,
): Promise<{ url: string; close: () => Promise<void> }> {
  await writeFile(join(folder, 'workerd.capnp'), configuration(program, variables));
  const worker = spawn(workerd, ['serve', 'workerd.capnp', '--control-fd=3'], {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
  });
  const port = await listeningPort(worker);
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((closed) => {
        worker.once('exit', () => closed());
        worker.kill();
      }),
  };
}

function configuration(program: string, variables: Record<string, string>): string {
  const bindings = Object.entries(variables).map(
    ([name, value]) => `(name = ${JSON.stringify(name)}, text = ${JSON.stringify(value)})`,
  );
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = (
      modules = [(name = "worker", esModule = embed ${JSON.stringify(program)})],
      bindings = [${bindings.join(', ')}],
      compatibilityDate = "2026-11-01",
    )),
    # By default workers reach public addresses only, and the fake is on loopback.
    (name = "internet", network = (allow = ["private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
`;
}

/** Reads from workerd's control channel where it listens. */
function listeningPort(worker: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`workerd ended with ${code} before it listened`)));
    createInterface({ input: worker.stdio[3] as NodeJS.ReadableStream }).on('line', (line) => {
      const { event, port } = JSON.parse(line) as { event: string; port?: number };
      if (event === 'listen' && port !== undefined) resolve(port);
    });
  });
}
