import { Injectable } from '@nestjs/common';
import { In, LessThanOrEqual } from 'typeorm';
import { NotFound, RuleViolation } from '../../../kernel/errors.js';
import { isId } from '../../../kernel/ids.js';
import { pickText, type Locale, type Localized } from '../../../kernel/locale.js';
import { isUniqueViolation } from '../../../platform/database/database-errors.js';
import { Database } from '../../../platform/database/database.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Suppressions } from '../../../platform/mail/suppressions.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { hashOf, Ids } from '../../../platform/runtime/ids.js';
import { Institutions } from '../../cooperation/index.js';
import { People, type Person } from '../../people/index.js';
import type { Category } from '../../registration/index.js';
import { Quota, QuotaPlace } from './quota.entity.js';
import { QuotaDeclined, QuotaDrafted, QuotaEdited, QuotaSent, QuotaWithdrawn } from './quota.events.js';
import { QuotaMails } from './quota.mails.js';
import { PlaceEnds } from './place-ends.service.js';
import { QuotaPlans } from './quota-plans.queries.js';
import { afterQuotaCommand, quotaKey, type QuotaState } from './quota.rules.js';
import { QuotaTokens } from './quota-tokens.js';

export interface NewQuotas {
  readonly conferenceId: string;
  readonly institutionIds: readonly string[];
  /** Without an agreement in force an institution is left out. */
  readonly partnersOnly: boolean;
  readonly places: number;
  readonly deadline: Date;
  readonly category: Category;
  readonly consentDays: number;
  readonly message: Localized;
}

export type QuotaChanges = Pick<Quota, 'places' | 'deadline' | 'consentDays' | 'message' | 'locale'>;
type Read = Readonly<{ id: string; version: number }>;

const EDITED = ['places', 'deadline', 'consentDays', 'message', 'locale'] as const;

/** Quotas of a conference, from draft to withdrawal. Who fills their places is for `QuotaPlaces`. */
@Injectable()
export class Quotas {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly people: People,
    private readonly institutions: Institutions,
    private readonly plans: QuotaPlans,
    private readonly ends: PlaceEnds,
    private readonly mails: QuotaMails,
    private readonly tokens: QuotaTokens,
    private readonly suppressions: Suppressions,
  ) {}

  /** Of that conference only ([A3]). Throws NotFound. */
  async inConference(conferenceId: string, id: string): Promise<Quota> {
    const found = isId(id) ? await this.db.repository(Quota).findOneBy({ id, conferenceId }) : null;
    if (!found) throw new NotFound();
    return found;
  }

  async inHouse(id: string): Promise<Quota> {
    return this.db.repository(Quota).findOneByOrFail({ id });
  }

  /** The quota of a focal point's link. A draft has no link yet. */
  async byToken(token: string): Promise<Quota | null> {
    return sentOnly(await this.db.one(Quota, { tokenHash: hashOf(token) }));
  }

  /** The quota of a link to pass on. */
  async byGuestToken(token: string): Promise<Quota | null> {
    return sentOnly(await this.db.one(Quota, { guestHash: hashOf(token) }));
  }

  /** Drafts for those of the institutions that can be written to; the others are left out. Answers the drafts. */
  create(order: NewQuotas): Promise<Quota[]> {
    return this.db.transaction(async () => {
      const institutions = await this.institutions.byIds(order.institutionIds);
      const { ready } = await this.plans.of(order.conferenceId, [...institutions.values()], order);
      const made: Quota[] = [];
      for (const { institution, focalPoint } of ready)
        made.push(await this.draft(order, institution.id, focalPoint!.person));
      return made;
    });
  }

  /** What was sent stays as it was; places, deadline and days count at once. Throws RuleViolation below what is taken. */
  edit(read: Read, changes: QuotaChanges): Promise<Quota> {
    return this.db.transaction(async () => {
      const before = await this.current(read);
      if (before.state === 'withdrawn') throw new RuleViolation('error.quota.withdrawn');
      const fields = EDITED.filter((field) => String(before[field]) !== String(changes[field]));
      const fits = { id: read.id, version: read.version, taken: LessThanOrEqual(changes.places) };
      const done = await this.db.compareAndSet(Quota, fits, { ...changes, version: read.version + 1 });
      if (!done) await this.refuseBelowTaken(read, changes.places);
      const after = { ...before, ...changes, version: read.version + 1 };
      await this.journal.record(QuotaEdited({ ...aboutQuota(after), fields }));
      return after;
    });
  }

  /** Puts the letter into the outbox, for the first time or again. Throws RuleViolation without an address that takes mail. */
  send(read: Read): Promise<Quota> {
    return this.db.transaction(async () => {
      const before = await this.current(read);
      const state = afterQuotaCommand(before, 'send', this.clock.now());
      const email = (await this.people.byId(before.personId))?.email;
      if (!email) throw new RuleViolation('error.invitation.noAddress');
      if ((await this.suppressions.stopped([email])).size > 0)
        throw new RuleViolation('error.invitation.addressStopped');
      // A link that went to another address must not open any more.
      const moved = before.sentTo !== null && before.sentTo.toLowerCase() !== email.toLowerCase();
      const tokenTurn = before.tokenTurn + (moved ? 1 : 0);
      const hashes = this.tokens.hashesOf({ id: before.id, tokenTurn });
      const sent = { state, sentTo: email, sentAt: this.clock.now(), tokenTurn, ...hashes };
      const after = await this.write(before, sent);
      const mailId = await this.mails.letter(after);
      await this.db.repository(Quota).update({ id: after.id }, { mailId });
      await this.journal.record(QuotaSent(aboutQuota(after)));
      return { ...after, mailId };
    });
  }

  /** The institution sends nobody; whoever is named later takes that back. */
  decline(id: string): Promise<void> {
    return this.db.transaction(async () => {
      const before = await this.db.repository(Quota).findOneByOrFail({ id });
      const state = afterQuotaCommand(before, 'decline', this.clock.now());
      if (before.state === state) return;
      await this.db.updateIfUnchanged(Quota, before, { state });
      await this.mails.takeBackReminder(before);
      await this.journal.record(QuotaDeclined(aboutQuota(before)));
    });
  }

  /** The links end, and with them the places of those who have not agreed yet. Who has agreed stays registered. */
  withdraw(read: Read): Promise<Quota> {
    return this.db.transaction(async () => {
      const before = await this.current(read);
      const state = afterQuotaCommand(before, 'withdraw', this.clock.now());
      const after = await this.write(before, { state, activeKey: quotaKey(before, state) });
      await this.mails.takeBackReminder(before);
      const named = await this.db.repository(QuotaPlace).findBy({ quotaId: before.id, state: In(['named']) });
      for (const place of named) await this.ends.end(after, place, 'withdrawn');
      await this.journal.record(QuotaWithdrawn(aboutQuota(after)));
      // A letter that has not left is taken back, and nothing needs to be said.
      const unheard = await this.mails.takeBack(before);
      if (before.sentTo !== null && !unheard) await this.mails.withdrawn(after);
      return after;
    });
  }

  private async draft(order: NewQuotas, institutionId: string, person: Person): Promise<Quota> {
    const { conferenceId, places, deadline, category, consentDays, message } = order;
    const id = this.ids.next();
    const locale: Locale = person.locale;
    const row = {
      id,
      conferenceId,
      institutionId,
      personId: person.id,
      state: 'draft' as QuotaState,
      places,
      taken: 0,
      category,
      deadline,
      consentDays,
      message: pickText(message, locale).text,
      locale,
      ...this.tokens.hashesOf({ id, tokenTurn: 0 }),
      tokenTurn: 0,
      sentTo: null,
      mailId: null,
      sentAt: null,
      remindedAt: null,
      activeKey: quotaKey({ conferenceId, institutionId }, 'draft'),
      createdAt: this.clock.now(),
      version: 1,
    } satisfies Omit<Quota, 'conference' | 'institution' | 'person'>;
    try {
      await this.db.insert(Quota, row as never);
    } catch (error) {
      if (isUniqueViolation(error)) throw new RuleViolation('error.quota.already');
      throw error;
    }
    const quota = row as unknown as Quota;
    await this.journal.record(QuotaDrafted({ ...aboutQuota(quota), institutionId, places }));
    return quota;
  }

  private async refuseBelowTaken({ id, version }: Read, places: number): Promise<void> {
    const now = await this.db.repository(Quota).findOneByOrFail({ id });
    if (now.version === version) throw new RuleViolation('error.quota.belowTaken', { taken: now.taken, places });
    // Answers Stale with the row as it is.
    await this.db.updateIfUnchanged(Quota, { id, version }, {});
  }

  private async current({ id, version }: Read): Promise<Quota> {
    const row = await this.db.repository(Quota).findOneBy({ id });
    if (!row) throw new NotFound();
    return { ...row, version };
  }

  private async write(before: Quota, changes: Partial<Quota>): Promise<Quota> {
    const version = await this.db.updateIfUnchanged(Quota, before, changes as never);
    return { ...before, ...changes, version };
  }
}

/** What every journal entry of a quota says. */
export function aboutQuota({ id, conferenceId, personId }: Quota) {
  return { id, conferenceId, personId };
}

function sentOnly(quota: Quota | null): Quota | null {
  return quota?.state === 'draft' ? null : quota;
}
