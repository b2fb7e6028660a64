import { connect, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import fastify, { type FastifyInstance } from 'fastify';
import { registerSlowRequests } from '../../../../src/platform/web/slow-requests.js';

let server: FastifyInstance;
afterEach(() => server.close());

/** A server whose route `/file` takes its time, and which says of a body how long it was. */
async function served(patience: { whole: number; pause: number; file: number }): Promise<number> {
  server = fastify();
  registerSlowRequests(server, patience);
  server.addContentTypeParser('*', (request, payload, done) => {
    let length = 0;
    if (request.url === '/file') request.takeTime?.();
    payload.on('data', (chunk: Buffer) => (length += chunk.length)).on('end', () => done(null, length));
  });
  server.post('/*', (request) => String(request.body));
  await server.listen({ host: '127.0.0.1', port: 0 });
  return (server.server.address() as AddressInfo).port;
}

/** Sends a body of `total` bytes one by one, `every` so many milliseconds, until it is there or the connection is closed. */
function dripped(port: number, path: string, { total, every }: { total: number; every: number }): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    let sent = 0;
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(
        `POST ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: a/b\r\nContent-Length: ${total}\r\n\r\n`,
      );
    });
    const timer = setInterval(() => {
      if (sent++ < total && socket.writable) socket.write('x');
    }, every);
    socket.on('data', (chunk) => (answer += chunk.toString()));
    // What is sent after the end is answered with a reset, which is the end as well.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearInterval(timer);
      resolve(answer);
    });
  });
}

describe('a body that comes slowly', () => {
  it('is cut off with 408 when it is not whole in time', async () => {
    const port = await served({ whole: 150, pause: 10_000, file: 10_000 });
    expect(await dripped(port, '/form', { total: 1000, every: 20 })).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('is waited for, however long it takes, when it is a file and something keeps coming', async () => {
    const port = await served({ whole: 50, pause: 5000, file: 10_000 });
    expect(await dripped(port, '/file', { total: 20, every: 40 })).toMatch(/^HTTP\/1\.1 200 [^]*\r\n\r\n20$/);
  });

  it('is cut off after a long pause, also in a file', async () => {
    const port = await served({ whole: 10_000, pause: 60, file: 10_000 });
    expect(await dripped(port, '/file', { total: 1000, every: 5000 })).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('is cut off when even a file takes for ever', async () => {
    const port = await served({ whole: 10_000, pause: 10_000, file: 150 });
    expect(await dripped(port, '/file', { total: 100_000, every: 20 })).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('is no matter when there is no body at all', async () => {
    const port = await served({ whole: 20, pause: 20, file: 20 });
    expect(await dripped(port, '/form', { total: 0, every: 20 })).toMatch(/^HTTP\/1\.1 200 /);
  });
});
