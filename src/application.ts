import { StandardSchemaSerializerInterceptor, StandardSchemaValidationPipe } from '@nestjs/common';
import { NestFactory, Reflector } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import type { Config } from './platform/config/config.js';
import { AppLog } from './platform/runtime/app-log.js';
import { schemaProblems } from './platform/web/api-errors.js';
import { OpenApi } from './platform/web/openapi.js';
import { httpAdapter, setUpHttp } from './platform/web/http.js';

/** The whole application, ready to listen. The command line, the server and the tests all start it here. */
export async function createApplication(config: Config): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(config), httpAdapter(config), { logger: new AppLog(config), abortOnError: false });
  await configureApplication(app);
  return app;
}

export async function configureApplication(app: NestFastifyApplication): Promise<void> {
  await setUpHttp(app);
  app.useGlobalPipes(new StandardSchemaValidationPipe({ exceptionFactory: schemaProblems }));
  app.useGlobalInterceptors(new StandardSchemaSerializerInterceptor(app.get(Reflector)));
  app.get(OpenApi).describe(app);
}
