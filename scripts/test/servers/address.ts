import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { pipeline } from 'node:stream';
import { onTestFinished } from 'vitest';

/** An address that leads to one port, and later to another: connections that are open stay where they lead. */
export async function movableAddress(port: number) {
  let to = port;
  const server = createServer((socket) => {
    const behind = connect(to, '127.0.0.1');
    pipeline(socket, behind, socket, () => {});
    onTestFinished(() => void socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    leadTo(other: number) {
      to = other;
    },
  };
}
