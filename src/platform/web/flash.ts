import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Secrets } from '../runtime/secrets.js';

export interface Notice {
  key: string;
  params?: Record<string, unknown>;
}

/** A notice for the next page, in a signed cookie that is read once. */
export class Flash {
  constructor(
    private readonly secrets: Secrets,
    private readonly cookie: { name: string; secure: boolean },
  ) {}

  put(reply: FastifyReply, notice: Notice): void {
    void reply.setCookie(this.cookie.name, this.secrets.signed('flash', JSON.stringify(notice)), {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: this.cookie.secure,
      maxAge: 300,
    });
  }

  take(request: FastifyRequest, reply: FastifyReply): Notice | null {
    const value = request.cookies[this.cookie.name];
    if (!value) return null;
    void reply.clearCookie(this.cookie.name, { path: '/', secure: this.cookie.secure });
    const text = this.secrets.verified('flash', value);
    return text ? (JSON.parse(text) as Notice) : null;
  }
}
