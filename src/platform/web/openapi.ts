import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';

/** `/api/openapi.json`, made once from the controllers and schemas. The readable page is `openapi.pages.ts` (ruling 22). */
export function setUpOpenApi(app: NestFastifyApplication): void {
  let document: OpenAPIObject | undefined;
  app
    .getHttpAdapter()
    .getInstance()
    .get('/api/openapi.json', (_request: unknown, reply: FastifyReply) => {
      document ??= openApiDocument(app);
      void reply.type('application/json; charset=utf-8').header('cache-control', 'no-store').send(document);
    });
}

export function openApiDocument(app: NestFastifyApplication): OpenAPIObject {
  const options = new DocumentBuilder()
    .setTitle('Skaryna')
    .setDescription('Conferences, programmes, registrations, invitations and calendars. Errors are problem documents (RFC 9457); writes need If-Match.')
    .setVersion('1')
    .addBearerAuth()
    .build();
  return SwaggerModule.createDocument(app, options);
}
