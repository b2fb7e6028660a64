import { Controller, Get, Header, Inject } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { ApiExcludeController } from './openapi-notes.js';
import { OpenApi } from './openapi.js';
import { Anyone } from './policy.js';
import { Web, type WebContext } from './web-context.js';

interface Operation {
  id: string;
  method: string;
  path: string;
  summary: string;
  body: string | null;
  answers: { status: string; schema: string | null }[];
}

/** The API in a page of our own, from the same document as openapi.json: no foreign script, no inline style (ruling 22). */
@ApiExcludeController()
@Controller('api')
export class OpenApiPages {
  constructor(@Inject(OpenApi) private readonly api: OpenApi) {}

  @Get('openapi.json')
  @Anyone()
  @Header('cache-control', 'no-cache')
  json(): Promise<OpenAPIObject> {
    return this.api.document();
  }

  @Get('docs')
  @Anyone()
  async docs(@Web() web: WebContext): Promise<string> {
    const document = await this.api.document();
    return web.page(
      'pages/api/docs',
      { areas: areasOf(document), schemas: schemasOf(document) },
      { title: web.t('api.title'), layout: 'plain' },
    );
  }
}

function areasOf(document: OpenAPIObject): { name: string; operations: Operation[] }[] {
  const areas = new Map<string, Operation[]>();
  for (const [path, item] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(item as Record<string, OperationObject>)) {
      const area = operation.tags?.[0] ?? 'other';
      const list = areas.get(area) ?? [];
      list.push({
        id: operation.operationId ?? `${method}${path}`,
        method: method.toUpperCase(),
        path,
        summary: operation.summary ?? '',
        body: nameOf(operation.requestBody?.content?.['application/json']?.schema),
        answers: Object.entries(operation.responses ?? {}).map(([status, answer]) => ({ status, schema: nameOf(answer.content?.['application/json']?.schema) })),
      });
      areas.set(area, list);
    }
  }
  return [...areas].map(([name, operations]) => ({ name, operations })).sort((a, b) => a.name.localeCompare(b.name));
}

function schemasOf(document: OpenAPIObject): { name: string; json: string }[] {
  return Object.entries(document.components?.schemas ?? {}).map(([name, schema]) => ({ name, json: JSON.stringify(schema, null, 2) }));
}

interface SchemaRef {
  $ref?: string;
  items?: SchemaRef;
}
interface OperationObject {
  tags?: string[];
  operationId?: string;
  summary?: string;
  requestBody?: { content?: Record<string, { schema?: SchemaRef }> };
  responses?: Record<string, { content?: Record<string, { schema?: SchemaRef }> }>;
}

function nameOf(schema: SchemaRef | undefined): string | null {
  const ref = schema?.$ref ?? schema?.items?.$ref;
  return ref?.split('/').at(-1) ?? null;
}
