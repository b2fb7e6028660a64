import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Socket } from 'node:net';

export interface Patience {
  /** A body must be here in that time, in milliseconds. */
  readonly whole: number;
  /** A file may take its time as long as something comes: the longest pause … */
  readonly pause: number;
  /** … and the longest it may take altogether. */
  readonly file: number;
}

export const PATIENCE: Patience = { whole: 30_000, pause: 30_000, file: 30 * 60_000 };

declare module 'fastify' {
  interface FastifyRequest {
    /** For a body that carries a file of somebody known: from now on only a long pause ends it. */
    takeTime: (() => void) | null;
  }
}

/**
 * Cuts off whoever sends a body too slowly ([R12]). The server's own limit counts from the first byte to the last, which
 * would also cut off a file that comes over a bad line; here the route decides, once it knows who sends it.
 */
export function registerSlowRequests(fastify: FastifyInstance, patience: Patience = PATIENCE): void {
  fastify.decorateRequest('takeTime', null);
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (hasBody(request)) limit(request, patience);
    done();
  });
}

function limit(request: FastifyRequest, { whole, pause, file }: Patience): void {
  const { raw } = request;
  const cut = (): void => cutOff(request.server, raw.socket);
  const timers = [setTimeout(cut, whole).unref()];
  const over = (): void => {
    for (const timer of timers) clearTimeout(timer);
    request.takeTime = null;
  };
  raw.once('end', over).once('close', over);
  request.takeTime = () => {
    over();
    let before = raw.socket.bytesRead;
    const watch = (): void => {
      if (raw.socket.bytesRead === before) return cut();
      before = raw.socket.bytesRead;
    };
    timers.push(setInterval(watch, pause).unref(), setTimeout(cut, file).unref());
  };
}

/** Comes over a connection, which what is handed in from inside does not, and brings more than its head. */
function hasBody({ headers, raw }: FastifyRequest): boolean {
  if (typeof raw.socket.bytesRead !== 'number') return false;
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** As the server itself does it: 408, and the connection is closed. */
function cutOff({ server }: FastifyInstance, socket: Socket): void {
  const tooSlow = Object.assign(new Error('Request timeout'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
  server.emit('clientError', tooSlow, socket);
}
