import { Injectable } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

/** The API's description (OpenAPI 3), made from controllers and schemas when somebody first asks for it. */
@Injectable()
export class OpenApi {
  private make: () => OpenAPIObject = () => {
    throw new Error('the application is not set up');
  };
  private made: OpenAPIObject | undefined;

  get document(): OpenAPIObject {
    this.made ??= this.make();
    return this.made;
  }

  describe(app: NestFastifyApplication): void {
    this.make = () => {
      const options = new DocumentBuilder()
        .setTitle('Skaryna')
        .setDescription('Conferences, programmes, registrations, invitations and calendars. Errors are problem documents (RFC 9457); changes of existing things need If-Match.')
        .setVersion('1')
        .addBearerAuth()
        .build();
      return SwaggerModule.createDocument(app, options);
    };
  }
}
