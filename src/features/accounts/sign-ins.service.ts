import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LessThanOrEqual, MoreThan, Not } from 'typeorm';
import type { Config } from '../../platform/config/config.js';
import { CONFIG } from '../../platform/config/config.module.js';
import { Database } from '../../platform/database/database.js';
import { Clock } from '../../platform/runtime/clock.js';
import { hashOf, Ids } from '../../platform/runtime/ids.js';
import { currentContext } from '../../platform/runtime/request-context.js';
import { cookieName, isSecure } from '../../platform/web/cookies.js';
import { SignIn, type Subject } from './sign-in.entity.js';
import { expiryOf, idleSeconds, isDue } from './sign-in.rules.js';

/** What is needed of a page's context: the request with its cookies and the reply that sets them. */
interface Browser {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Server-side sign-ins behind one cookie, for staff and for people alike; revocable, because they are rows (ruling 17). */
@Injectable()
export class SignIns {
  private readonly cookie: string;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {
    this.cookie = cookieName(config, 'session');
  }

  /** Signs the browser in with a new token; the one it had before is worth nothing from now on ([T6]). */
  async start(web: Browser, subject: Subject): Promise<void> {
    const before = web.request.cookies[this.cookie];
    const token = this.ids.secret();
    const now = this.clock.now();
    await this.db.transaction(async () => {
      if (before) await this.db.repository(SignIn).delete({ tokenHash: hashOf(before) });
      await this.db.insert(SignIn, {
        id: this.ids.next(),
        tokenHash: hashOf(token),
        kind: subject.kind,
        subjectId: subject.id,
        createdAt: now,
        seenAt: now,
        expiresAt: expiryOf(subject.kind, now),
        agent: currentContext().userAgent,
      });
    });
    this.give(web.reply, subject.kind, token);
  }

  /** Signing out ends all sign-ins of the subject, in every browser ([T6]). */
  async end(web: Browser): Promise<void> {
    const signIn = await this.current(web.request);
    if (signIn) await this.endAll({ kind: signIn.kind, id: signIn.subjectId });
    void web.reply.clearCookie(this.cookie, {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: isSecure(this.config),
    });
  }

  /** Ends every sign-in of the subject: sign-out, another role, a new password, deactivation, erasure. */
  async endAll(subject: Subject): Promise<void> {
    await this.db.repository(SignIn).delete({ kind: subject.kind, subjectId: subject.id });
  }

  /** Ends one of the subject's sign-ins; false when it has none of this id. */
  async revoke(subject: Subject, id: string): Promise<boolean> {
    const done = await this.db.repository(SignIn).delete({ id, kind: subject.kind, subjectId: subject.id });
    return (done.affected ?? 0) > 0;
  }

  async endOthers(subject: Subject, keptId: string): Promise<void> {
    await this.db.repository(SignIn).delete({ kind: subject.kind, subjectId: subject.id, id: Not(keptId) });
  }

  /** The browsers that are signed in, the latest first. */
  of(subject: Subject): Promise<SignIn[]> {
    return this.db.repository(SignIn).find({
      where: { kind: subject.kind, subjectId: subject.id, expiresAt: MoreThan(this.clock.now()) },
      order: { seenAt: 'DESC' },
      take: 50,
    });
  }

  /** The sign-in behind the cookie of this request, if it still holds. */
  async current(request: FastifyRequest): Promise<SignIn | null> {
    const token = request.cookies[this.cookie];
    if (!token) return null;
    return this.db.repository(SignIn).findOneBy({ tokenHash: hashOf(token), expiresAt: MoreThan(this.clock.now()) });
  }

  /** Somebody is still there: moves the end, at most every five minutes. */
  async seen(signIn: SignIn, request: FastifyRequest): Promise<void> {
    const now = this.clock.now();
    if (!isDue(signIn.seenAt, now)) return;
    await this.db.compareAndSet(SignIn, { id: signIn.id }, { seenAt: now, expiresAt: expiryOf(signIn.kind, now) });
    const token = request.cookies[this.cookie];
    if (token && request.web) this.give(request.web.reply, signIn.kind, token);
  }

  async forgetOld(): Promise<void> {
    await this.db.repository(SignIn).delete({ expiresAt: LessThanOrEqual(this.clock.now()) });
  }

  private give(reply: FastifyReply, kind: Subject['kind'], token: string): void {
    void reply.setCookie(this.cookie, token, {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: isSecure(this.config),
      maxAge: idleSeconds(kind),
    });
  }
}
