import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { POLICY, type Policy } from './policy.js';

export interface RoutePolicy {
  controller: string;
  handler: string;
  methods: string;
  paths: string[];
  policy: Policy;
}

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'ALL', 'OPTIONS', 'HEAD', 'SEARCH'];

/** Walks all routes at start and refuses to start when one has no policy ([A1]). */
@Injectable()
export class PolicyCheck implements OnApplicationBootstrap {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  onApplicationBootstrap(): void {
    this.routes();
  }

  /** Every route of the running application with its policy. Throws when one lacks it. */
  routes(): RoutePolicy[] {
    return this.discovery.getControllers().flatMap((wrapper) => {
      const controller = wrapper.metatype as { name: string; prototype: object } | null;
      if (!controller) return [];
      const bases = [Reflect.getMetadata('path', controller) as string | string[]].flat();
      return this.scanner.getAllMethodNames(controller.prototype).flatMap((name): RoutePolicy[] => {
        const handler = (controller.prototype as Record<string, (...args: unknown[]) => unknown>)[name]!;
        const paths = Reflect.getMetadata('path', handler) as string | string[] | undefined;
        if (paths === undefined) return [];
        const policy = this.reflector.get<Policy | undefined>(POLICY, handler);
        if (!policy) throw new Error(`Every route declares its policy; ${controller.name}.${name} has none.`);
        return [
          {
            controller: controller.name,
            handler: name,
            methods: METHODS[Reflect.getMetadata('method', handler) as number] ?? 'GET',
            paths: bases.flatMap((base) => [paths].flat().map((path) => joined(base, path))),
            policy,
          },
        ];
      });
    });
  }
}

function joined(base: string, path: string): string {
  return `/${base}/${path}`.replace(/\/{2,}/g, '/').replace(/(.)\/$/, '$1');
}
