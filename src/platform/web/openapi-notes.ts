type Swagger = typeof import('@nestjs/swagger');
type Decorator = ClassDecorator & MethodDecorator;

const notes: ((swagger: Swagger) => void)[] = [];

/**
 * A decorator of @nestjs/swagger that is noted where it stands and put on when somebody asks for the document: loading the
 * package takes a tenth of a start, and most processes are never asked.
 */
function noted(make: (swagger: Swagger) => Decorator): Decorator {
  return (...target: unknown[]) => {
    notes.push((swagger) => (make(swagger) as (...of: unknown[]) => void)(...target));
  };
}

/** In which part of the document the operations of a controller stand. */
export const ApiTags = (...tags: string[]): Decorator => noted((swagger) => swagger.ApiTags(...tags) as Decorator);

/** Pages: none of their routes stands in the document. */
export const ApiExcludeController = (): Decorator => noted((swagger) => swagger.ApiExcludeController() as Decorator);

export const ApiConsumes = (...types: string[]): Decorator =>
  noted((swagger) => swagger.ApiConsumes(...types) as Decorator);

export const ApiResponse = (options: Parameters<Swagger['ApiResponse']>[0]): Decorator =>
  noted((swagger) => swagger.ApiResponse(options) as Decorator);

/** The package, once everything that was noted is put on. */
export async function swagger(): Promise<Swagger> {
  const loaded = await import('@nestjs/swagger');
  for (const note of notes.splice(0)) note(loaded);
  return loaded;
}
