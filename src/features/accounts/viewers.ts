import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Database } from '../../platform/database/database.js';
import { Access, type ViewerSource } from '../../platform/web/access.js';
import type { AccessLevel, AccessObject, Viewer } from '../../platform/web/viewer.js';
import { levelFor, type Grant } from './access.rules.js';
import { Account } from './account.entity.js';
import { ApiTokens } from './api-tokens.service.js';
import { Directories } from './directories.js';
import { RoleGrant } from './role-grant.entity.js';
import { SignIns } from './sign-ins.service.js';

/** Who sends a request: asked once per request, two queries at most. */
@Injectable()
export class Viewers implements ViewerSource, OnModuleInit {
  private readonly asked = new WeakMap<FastifyRequest, Promise<Viewer | null>>();

  constructor(
    private readonly access: Access,
    private readonly db: Database,
    private readonly signIns: SignIns,
    private readonly tokens: ApiTokens,
    private readonly directories: Directories,
  ) {}

  onModuleInit(): void {
    this.access.viewersFrom(this);
  }

  viewerOf(request: FastifyRequest): Promise<Viewer | null> {
    let answer = this.asked.get(request);
    if (!answer) this.asked.set(request, (answer = this.find(request)));
    return answer;
  }

  private find(request: FastifyRequest): Promise<Viewer | null> {
    const { authorization } = request.headers;
    // A request with a token never falls back to the cookie: it was spared the form token for that ([B1]).
    return authorization?.startsWith('Bearer ')
      ? this.byToken(authorization.slice('Bearer '.length).trim())
      : this.byCookie(request);
  }

  private async byToken(token: string): Promise<Viewer | null> {
    const found = await this.tokens.open(token);
    return found && this.account(found.accountId, { signInId: null, scopes: found.scopes });
  }

  private async byCookie(request: FastifyRequest): Promise<Viewer | null> {
    const signIn = await this.signIns.current(request);
    if (!signIn) return null;
    const viewer =
      signIn.kind === 'account'
        ? await this.account(signIn.subjectId, { signInId: signIn.id, scopes: null })
        : await this.person(signIn.subjectId, signIn.id);
    if (viewer) await this.signIns.seen(signIn, request);
    return viewer;
  }

  private async account(id: string, by: Pick<Viewer, 'signInId' | 'scopes'>): Promise<Viewer | null> {
    const rows = await this.db.manager
      .createQueryBuilder()
      .from(Account, 'account')
      .leftJoin(RoleGrant, 'held', 'held.account_id = account.id')
      .select([
        'account.name AS name',
        'account.locale AS locale',
        'held.role AS role',
        'held.conference_id AS conference',
      ])
      .where('account.id = :id AND account.active = :active', { id, active: true })
      .getRawMany<{ name: string; locale: Viewer['locale']; role: Grant['role'] | null; conference: string | null }>();
    const first = rows[0];
    if (!first) return null;
    const grants = rows.flatMap(({ role, conference }): Grant[] => (role ? [{ role, conferenceId: conference }] : []));
    const level = (object: AccessObject, conferenceId: string | null): AccessLevel | undefined =>
      levelFor(grants, object, conferenceId);
    return { kind: 'account', id, name: first.name, locale: first.locale, ...by, level };
  }

  private async person(id: string, signInId: string): Promise<Viewer | null> {
    const person = await this.directories.persons.viewer(id);
    return (
      person && {
        kind: 'person',
        id,
        name: person.name,
        locale: person.locale,
        signInId,
        scopes: null,
        level: () => undefined,
      }
    );
  }
}
