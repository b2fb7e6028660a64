import { Injectable } from '@nestjs/common';
import { Gone, InvalidInput, NotFound, RuleViolation } from '../../../kernel/errors.js';
import { toInstant } from '../../../kernel/zones.js';
import { Database } from '../../../platform/database/database.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Suppressions } from '../../../platform/mail/suppressions.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { hashOf, Ids } from '../../../platform/runtime/ids.js';
import { Secrets } from '../../../platform/runtime/secrets.js';
import { CooperationQueries, Institutions } from '../../cooperation/index.js';
import type { Person } from '../../people/index.js';
import { Visit } from '../visit.entity.js';
import { isOver } from '../visit.rules.js';
import { DelegationDone, DelegationLinkMade, DelegationLinkRevoked, DelegationLinkSent } from '../visits.events.js';
import { VisitLink } from './delegation-link.entity.js';
import { DelegationMails } from './delegation.mails.js';

/** The secret address of a delegation's own side: made, written to them, given up, resolved. */
@Injectable()
export class DelegationLinks {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly secrets: Secrets,
    private readonly suppressions: Suppressions,
    private readonly institutions: Institutions,
    private readonly cooperation: CooperationQueries,
    private readonly mails: DelegationMails,
  ) {}

  /** The link that opens now, without its secret. */
  current(visit: Pick<Visit, 'id'>): Promise<VisitLink | null> {
    return this.db.one(VisitLink, { activeKey: visit.id });
  }

  /** Makes a link until the end of that day and answers its secret, to be shown once. An earlier one ends (410). */
  make(visit: Visit, expiresOn: string): Promise<string> {
    return this.db.transaction(async () => {
      if (isOver(visit.state)) throw new RuleViolation('error.visit.over');
      const expiresAt = toInstant(`${expiresOn}T23:59`, visit.zone).instant;
      const now = this.clock.now();
      if (expiresAt <= now) throw InvalidInput.at('expiresOn', 'error.visit.linkPast');
      const earlier = await this.current(visit);
      if (earlier) await this.end(visit, earlier);
      const id = this.ids.next();
      const token = this.tokenOf({ id });
      await this.db.insert(VisitLink, {
        id,
        visitId: visit.id,
        tokenHash: hashOf(token),
        expiresAt,
        revokedAt: null,
        doneAt: null,
        sentAt: null,
        activeKey: visit.id,
        createdAt: now,
        version: 1,
      });
      await this.journal.record(DelegationLinkMade({ id: visit.id, linkId: id }));
      return token;
    });
  }

  revoke(visit: Visit): Promise<void> {
    return this.db.transaction(async () => {
      const link = await this.current(visit);
      if (!link) throw new NotFound();
      await this.end(visit, link);
      await this.journal.record(DelegationLinkRevoked({ id: visit.id, linkId: link.id }));
    });
  }

  /** Puts the letter with the link into the outbox, in the language of the institution's focal point. */
  send(visit: Visit): Promise<void> {
    return this.db.transaction(async () => {
      const link = await this.current(visit);
      if (!link || link.expiresAt <= this.clock.now()) throw new RuleViolation('error.visit.noLink');
      const person = await this.focalPoint(visit);
      if (!person?.email) throw new RuleViolation('error.visit.noFocalPoint');
      if ((await this.suppressions.stopped([person.email])).size > 0)
        throw new RuleViolation('error.invitation.addressStopped');
      const version = await this.db.updateIfUnchanged(VisitLink, link, { sentAt: this.clock.now() });
      await this.mails.link(visit, { ...link, version }, { person, token: this.tokenOf(link) });
      await this.journal.record(DelegationLinkSent({ id: visit.id, linkId: link.id, personId: person.id }));
    });
  }

  /** Who gets letters to the institution of the visit. */
  async focalPoint({ institutionId }: Pick<Visit, 'institutionId'>): Promise<Person | null> {
    if (institutionId === null) return null;
    const institutions = await this.institutions.byIds([institutionId]);
    const [known] = await this.cooperation.known([...institutions.values()]);
    return known?.focalPoint?.person ?? null;
  }

  /** The link of a secret. Throws NotFound, and Gone where it was revoked, is over, or nothing is prepared any more. */
  async byToken(token: string): Promise<{ link: VisitLink; visit: Visit }> {
    const link = await this.db.one(VisitLink, { tokenHash: hashOf(token) });
    if (!link) throw new NotFound();
    const visit = (await this.db.one(Visit, { id: link.visitId }))!;
    if (link.revokedAt !== null) throw new Gone('error.visit.linkRevoked');
    if (link.expiresAt <= this.clock.now() || isOver(visit.state)) throw new Gone('error.visit.linkOver');
    return { link, visit };
  }

  /** The guest side has said all; the responsible officer is told. */
  done(visit: Visit, link: VisitLink): Promise<void> {
    return this.db.transaction(async () => {
      if (link.doneAt !== null) return;
      const version = await this.db.updateIfUnchanged(VisitLink, link, { doneAt: this.clock.now() });
      await this.mails.done(visit, { ...link, version });
      await this.journal.record(DelegationDone({ id: visit.id, linkId: link.id }));
    });
  }

  /** The guest side goes on. */
  async undone(link: VisitLink): Promise<void> {
    await this.db.compareAndSet(VisitLink, { id: link.id }, { doneAt: null });
  }

  private async end(visit: Visit, link: VisitLink): Promise<void> {
    await this.db.updateIfUnchanged(VisitLink, link, { revokedAt: this.clock.now(), activeKey: null });
    await this.mails.takeBackLink(visit);
  }

  /** Derived anew for each mail and page, so that no row holds it ([T1]). */
  private tokenOf({ id }: Pick<VisitLink, 'id'>): string {
    return this.secrets.sign('delegation', id);
  }
}
