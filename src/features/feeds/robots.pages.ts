import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '../../platform/web/openapi-notes.js';
import { Anyone } from '../../platform/web/policy.js';

const CLOSED = ['/org', '/api', '/feed', '/staff', '/be/my', '/ru/my', '/en/my', '/my', '/be/link', '/ru/link', '/en/link'];

/** Public pages and feeds are open: Google's calendar asks here before it reads a feed (CF3). */
@ApiExcludeController()
@Controller()
export class RobotsPage {
  @Get('robots.txt')
  @Header('content-type', 'text/plain; charset=utf-8')
  @Header('cache-control', 'public, max-age=3600')
  @Anyone()
  robots(): string {
    return ['User-agent: *', 'Allow: /c/', ...CLOSED.map((path) => `Disallow: ${path}`), ''].join('\n');
  }
}
