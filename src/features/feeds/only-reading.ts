import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';

const CALENDAR = /^\/(?:c|feed)\/[^?]*\.ics(?:\?|$)/;

/** Calendar addresses are read and nothing else: any other method is 405, before forms and origins are asked about (CF3). */
@Injectable()
export class OnlyReading implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance() as unknown as FastifyInstance;
    fastify.addHook('onRequest', (request, reply, done) => {
      if (request.method === 'GET' || request.method === 'HEAD' || !CALENDAR.test(request.url)) done();
      else void reply.status(405).header('allow', 'GET, HEAD').header('cache-control', 'no-store').type('text/plain; charset=utf-8').send('Method not allowed\n');
    });
  }
}
