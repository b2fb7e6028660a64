import { Injectable } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { swagger } from './openapi-notes.js';

/** The API's description (OpenAPI 3), made from controllers and schemas when somebody first asks for it. */
@Injectable()
export class OpenApi {
  private app: NestFastifyApplication | undefined;
  private made: Promise<OpenAPIObject> | undefined;

  document(): Promise<OpenAPIObject> {
    this.made ??= this.make();
    return this.made;
  }

  describe(app: NestFastifyApplication): void {
    this.app = app;
  }

  private async make(): Promise<OpenAPIObject> {
    if (!this.app) throw new Error('the application is not set up');
    const { DocumentBuilder, SwaggerModule } = await swagger();
    const options = new DocumentBuilder()
      .setTitle('Skaryna')
      .setDescription(
        'Conferences, programmes, registrations, invitations and calendars. Errors are problem documents (RFC 9457); changes of existing things need If-Match.',
      )
      .setVersion('1')
      .addBearerAuth()
      .build();
    return SwaggerModule.createDocument(this.app, options);
  }
}
