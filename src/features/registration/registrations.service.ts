import { Injectable } from '@nestjs/common';
import { InvalidInput, NotFound, RuleViolation, Stale } from '../../kernel/errors.js';
import type { Locale } from '../../kernel/locale.js';
import { isUniqueViolation } from '../../platform/database/database-errors.js';
import { Database, type Versioned } from '../../platform/database/database.js';
import { Journal } from '../../platform/journal/journal.js';
import { Clock } from '../../platform/runtime/clock.js';
import { hashOf, Ids } from '../../platform/runtime/ids.js';
import { Attempts } from '../../platform/web/attempts.js';
import { Conferences, type Conference } from '../conferences/index.js';
import { Consents, People, type ConsentChannel, type Person } from '../people/index.js';
import { claimedFields, type TypedPerson } from './claims.rules.js';
import type { Category, Form } from './participation.rules.js';
import { Places } from './places.service.js';
import { RegistrationMails, type Decision } from './registration.mails.js';
import { SettingsOfRegistration } from './registration-settings.service.js';
import { activeKeyOf, Registration } from './registration.entity.js';
import {
  AttendanceNoted,
  OfferAccepted,
  ParticipationChanged,
  PaymentNoted,
  RegistrationAnnotated,
  RegistrationApproved,
  RegistrationCancelled,
  RegistrationDeclined,
  RegistrationReceived,
  RegistrationRemoved,
  RegistrationRepeated,
  WaitedAgain,
} from './registration.events.js';
import {
  acceptOffer,
  approve,
  cancel,
  holdsPlace,
  isActive,
  openingOf,
  refuse,
  register,
  registrationNumber,
  waitAgain,
  waitlisted,
  type Attendance,
  type Payment,
  type Standing,
} from './registration.rules.js';
import { SessionChoices } from './session-choices.service.js';
import { WaitingList } from './waiting-list.service.js';

const ATTEMPTS = 5;

export interface RegistrationOrder {
  conferenceId: string;
  /** The conference, where the caller has just read it. */
  conference?: Conference;
  form: Form;
  category: Category;
  /** As typed. Somebody with this address who is known already is linked, not changed. */
  person: TypedPerson;
  locale: Locale;
  channel: ConsentChannel;
  /** The key of the form; the same form again changes nothing ([R7]). */
  key?: string;
  note?: string;
  /** Staff may register outside the opening times and in any category. */
  byStaff?: boolean;
  /** Named by somebody who cannot agree for them; the caller asks them to do it by then, in a mail of its own. */
  provisionalUntil?: Date;
}

export type Outcome = 'new' | 'same' | 'known';

type Read = Pick<Versioned, 'id' | 'version'>;
type Changes = Partial<Omit<Registration, 'conference' | 'person'>>;

/** Everything that happens to a registration, from the first form to the last note. */
@Injectable()
export class Registrations {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly conferences: Conferences,
    private readonly people: People,
    private readonly consents: Consents,
    private readonly settings: SettingsOfRegistration,
    private readonly places: Places,
    private readonly waiting: WaitingList,
    private readonly sessions: SessionChoices,
    private readonly mails: RegistrationMails,
    private readonly attempts: Attempts,
  ) {}

  byId(id: string): Promise<Registration | null> {
    return this.db.one(Registration, { id });
  }

  /** The registration of an address, of that conference only ([A3]). Throws NotFound. */
  async inConference(conferenceId: string, publicId: string): Promise<Registration> {
    const found = await this.db.one(Registration, { publicId, conferenceId });
    if (!found) throw new NotFound();
    return found;
  }

  /** The person's own registration. Throws NotFound for anybody else's, and TooMany for whoever walks along ids (P3). */
  async ofPerson(personId: string, publicId: string): Promise<Registration> {
    await this.attempts.check('wrong-token', personId);
    const found = await this.db.one(Registration, { publicId, personId });
    if (found) return found;
    await this.attempts.count('wrong-token', personId);
    throw new NotFound();
  }

  /** The registration that is not cancelled, if any. */
  activeOf(conferenceId: string, personId: string): Promise<Registration | null> {
    return this.db.one(Registration, { activeKey: activeKeyOf(conferenceId, personId) });
  }

  /**
   * Registers somebody, or finds that they are. Answers `new`; `same` when this very form was sent before; `known` when the
   * address is registered already, in which case its owner is told by mail and nothing else happens. In a full conference
   * the new registration waits (ruling 15).
   * Throws RuleViolation when registration is not open, InvalidInput for a category or form that is not offered.
   */
  async register(order: RegistrationOrder): Promise<{ registration: Registration; outcome: Outcome }> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.db.transaction(() => this.tryToRegister(order));
      } catch (error) {
        // Somebody with the same form or address was a moment faster: now there is something to find.
        if (attempt >= ATTEMPTS || !(isUniqueViolation(error) || isTaken(error))) throw error;
      }
    }
  }

  /** Registers somebody who is known and asked for it (an invitation was accepted). Answers the active registration if there is one. */
  registerPerson(order: { conferenceId: string; personId: string; category: Category; form: Form; locale: Locale }): Promise<Registration> {
    return this.db.transaction(async () => {
      const existing = await this.activeOf(order.conferenceId, order.personId);
      if (existing) return existing;
      const person = await this.people.byId(order.personId);
      if (!person) throw new NotFound();
      return this.insert({ ...order, person, mode: 'automatic', idempotencyHash: null, claimed: null, note: '' });
    });
  }

  /**
   * Registers somebody from a list that staff bring in. No consent is recorded, since nobody gave one, and nothing is
   * written to them unless `batch` names the letters that wait for a confirmation (ruling 9).
   */
  registerListed(order: {
    conferenceId: string;
    person: Person;
    category: Category;
    form: Form;
    locale: Locale;
    mode: 'automatic' | 'manual';
    claimed: Registration['claimed'];
    note: string;
    batch: string | null;
  }): Promise<Registration> {
    return this.db.transaction(() => this.insert({ ...order, idempotencyHash: null, letters: { batch: order.batch } }));
  }

  /** Takes back a registration that a list brought and that nobody has touched; its place goes on to whoever waits. */
  removeListed(read: Registration): Promise<void> {
    return this.db.transaction(async () => {
      const { affected } = await this.db.repository(Registration).delete({ id: read.id, version: read.version });
      if (!affected) throw new Stale(await this.byId(read.id));
      await this.journal.record(RegistrationRemoved(subject(read)));
      if (!holdsPlace(read)) return;
      await this.places.free(read.conferenceId);
      await this.waiting.settle(read.conferenceId);
    });
  }

  approve(read: Read, decision: Decision = {}): Promise<Registration> {
    return this.db.transaction(async () => {
      const before = await this.current(read);
      const after = await this.move(before, approve(before), { decidedAt: this.clock.now() });
      await this.journal.record(RegistrationApproved({ ...subject(after), waitlist: after.waitlist }));
      await this.mails.approved(after, decision);
      return after;
    });
  }

  refuse(read: Read, decision: Decision = {}): Promise<Registration> {
    return this.db.transaction(async () => {
      const before = await this.current(read);
      const after = await this.move(before, refuse(before), { decidedAt: this.clock.now() });
      await this.journal.record(RegistrationDeclined(subject(after)));
      await this.mails.refused(after, decision);
      return after;
    });
  }

  /** The place goes on to whoever waits, in the same transaction. */
  cancel(read: Read, decision: Decision & { offerDeclined?: boolean } = {}): Promise<Registration> {
    return this.db.transaction(async () => {
      const before = await this.current(read);
      const after = await this.move(before, cancel(before), { cancelledAt: this.clock.now() });
      await this.sessions.dropAll(after);
      await this.journal.record(RegistrationCancelled({ ...subject(after), ...(decision.offerDeclined ? { offerDeclined: true } : {}) }));
      await this.mails.cancelled(after, decision);
      return after;
    });
  }

  acceptOffer(read: Read): Promise<Registration> {
    return this.db.transaction(async () => {
      const before = await this.current(read);
      const after = await this.move(before, acceptOffer(before, before.offerUntil, this.clock.now()), { waitingPosition: null });
      await this.journal.record(OfferAccepted(subject(after)));
      await this.mails.placeConfirmed(after);
      return after;
    });
  }

  waitAgain(read: Read): Promise<Registration> {
    return this.db.transaction(async () => {
      const before = await this.current(read);
      const waitingPosition = await this.places.lastPosition(before.conferenceId);
      const after = await this.move(before, waitAgain(before), { waitingPosition });
      await this.journal.record(WaitedAgain(subject(after)));
      await this.waiting.settle(after.conferenceId);
      return after;
    });
  }

  /** Another category or form: a seat is freed or taken with it. Answers of the former form are kept and not counted. */
  changeParticipation(read: Read, to: { category: Category; form: Form }): Promise<Registration> {
    return this.db.transaction(async () => {
      const before = await this.current(read);
      if (!isActive(before)) throw new RuleViolation('error.registration.alreadyCancelled');
      if (before.category === to.category && before.form === to.form) return before;
      // Who waited for a seat and now needs none is in.
      const waitlist = holdsPlace({ ...before, form: to.form, waitlist: 'none' }) ? before.waitlist : 'none';
      const after = await this.move(before, { approval: before.approval, waitlist, form: to.form }, { category: to.category });
      await this.journal.record(ParticipationChanged({ ...subject(after), category: after.category, form: after.form, waitlist: after.waitlist }));
      return after;
    });
  }

  /** The organizers' notes. Writes and records what differs. */
  annotate(read: Read, notes: { payment: Payment; attendance: Attendance; note: string }): Promise<Registration> {
    return this.db.transaction(async () => {
      const before = await this.current(read);
      const after = await this.write(before, notes);
      if (before.payment !== notes.payment) await this.journal.record(PaymentNoted({ ...subject(after), payment: notes.payment }));
      if (before.attendance !== notes.attendance) await this.journal.record(AttendanceNoted({ ...subject(after), attendance: notes.attendance }));
      if (before.note !== notes.note) await this.journal.record(RegistrationAnnotated(subject(after)));
      return after;
    });
  }

  /** Online instead: the seat goes on to whoever waits. Throws RuleViolation where the conference has no such form. */
  goOnline(read: Read): Promise<Registration> {
    return this.db.transaction(async () => {
      const before = await this.current(read);
      const { forms } = await this.settings.of(before.conferenceId);
      if (!forms.includes('online')) throw new RuleViolation('error.registration.noOnline');
      const after = await this.changeParticipation(read, { category: before.category, form: 'online' });
      await this.mails.participationChanged(after);
      return after;
    });
  }

  /** The person has looked at their details: nothing is proposed any more, and mails come in their language. */
  settleProfile(read: Read, locale: Locale): Promise<Registration> {
    return this.db.transaction(async () => this.write(await this.current(read), { claimed: null, locale }));
  }

  private async tryToRegister(order: RegistrationOrder): Promise<{ registration: Registration; outcome: Outcome }> {
    const { conferenceId, person: typed } = order;
    const hash = order.key === undefined ? null : hashOf(`${conferenceId}\n${order.key}`);
    const sent = hash === null ? null : await this.db.one(Registration, { idempotencyHash: hash });
    if (sent) return { registration: await this.sameForm(sent, typed), outcome: 'same' };
    const settings = await this.settings.of(conferenceId);
    if (!order.byStaff) {
      checkOpen(openingOf(settings, this.clock.now()));
      if (!settings.categories.includes(order.category)) throw InvalidInput.at('category', 'error.choice');
      if (!settings.forms.includes(order.form)) throw InvalidInput.at('form', 'error.choice');
    }
    const known = typed.email === null ? null : await this.people.byEmail(typed.email.toLowerCase());
    const active = known && (await this.activeOf(conferenceId, known.id));
    if (active) {
      // The same form, committed by another request since the look above.
      if (hash !== null && active.idempotencyHash === hash) return { registration: active, outcome: 'same' };
      if (!order.byStaff) await this.repeated(active, hash);
      return { registration: active, outcome: 'known' };
    }
    const person = known ?? (await this.people.create({ ...typed, locale: order.locale }));
    // Before the counter, which others wait for until the end of this transaction.
    const answers = { registration: true };
    await this.consents.record({ personId: person.id, answers, channel: order.channel, first: known === null });
    const registration = await this.insert({
      ...order,
      person,
      mode: order.byStaff ? 'automatic' : settings.approval,
      idempotencyHash: hash,
      claimed: known && claimedFields(known, typed),
      note: order.note ?? '',
      ...(order.provisionalUntil ? { letters: { batch: null } } : {}),
    });
    return { registration, outcome: 'new' };
  }

  /** The same key again is the same form; with another address it is a form kept open and filled in for somebody else. */
  private async sameForm(sent: Registration, typed: TypedPerson): Promise<Registration> {
    const person = await this.people.byId(sent.personId);
    if (person?.emailKey !== (typed.email?.toLowerCase() ?? null)) throw InvalidInput.at('', 'error.registration.formUsed');
    return sent;
  }

  private async repeated(active: Registration, formHash: string | null): Promise<void> {
    await this.journal.record(RegistrationRepeated(subject(active)));
    await this.mails.alreadyRegistered(active, formHash ?? this.ids.next());
  }

  private async insert(order: {
    conferenceId: string;
    conference?: Conference;
    person: Person;
    category: Category;
    form: Form;
    locale: Locale;
    mode: 'automatic' | 'manual';
    idempotencyHash: string | null;
    claimed: Registration['claimed'];
    note: string;
    provisionalUntil?: Date;
    /** Of a list: no letter, or one that waits in this batch. Else the receipt goes at once. */
    letters?: { batch: string | null };
  }): Promise<Registration> {
    const { conferenceId, person, category, form, letters } = order;
    const personId = person.id;
    const conference = order.conference ?? (await this.conferences.byId(conferenceId));
    if (!conference) throw new NotFound();
    // First of all the counter row: who holds it goes on alone, and nobody waits for the other way round.
    const wanted = register(order.mode, form);
    const { number, seated, waitingPosition } = await this.places.enter(conferenceId, holdsPlace(wanted));
    const standing = seated ? wanted : waitlisted(wanted);
    const row = {
      id: this.ids.next(),
      publicId: this.ids.publicId(),
      conferenceId,
      personId,
      number: registrationNumber(conference.numberPrefix, number),
      category,
      ...standing,
      payment: 'none',
      attendance: 'unknown',
      activeKey: activeKeyOf(conferenceId, personId),
      waitingPosition,
      offerUntil: null,
      provisionalUntil: order.provisionalUntil ?? null,
      locale: order.locale,
      idempotencyHash: order.idempotencyHash,
      claimed: order.claimed,
      note: order.note,
      createdAt: this.clock.now(),
      decidedAt: null,
      cancelledAt: null,
      version: 1,
    } satisfies Omit<Registration, 'conference' | 'person'>;
    await this.db.insert(Registration, row as never);
    const registration = row as unknown as Registration;
    await this.journal.record(RegistrationReceived({ ...subject(registration), category, form, approval: standing.approval, waitlist: standing.waitlist }));
    if (!letters) await this.mails.received(registration, { person, conference });
    else if (letters.batch !== null) await this.mails.listed(registration, { person, conference }, letters.batch);
    return registration;
  }

  /** Writes the next standing, with the seat that it takes or frees; where none is left, it waits instead. */
  private async move(before: Registration, wanted: Standing, extra: Changes): Promise<Registration> {
    const takes = !holdsPlace(before) && holdsPlace(wanted);
    const full = takes && !(await this.places.take(before.conferenceId));
    const standing = full ? waitlisted(wanted) : wanted;
    const after = await this.write(before, {
      ...extra,
      approval: standing.approval,
      waitlist: standing.waitlist,
      form: standing.form,
      activeKey: isActive(standing) ? activeKeyOf(before.conferenceId, before.personId) : null,
      offerUntil: standing.waitlist === 'offered' ? before.offerUntil : null,
      ...(full ? { waitingPosition: await this.places.lastPosition(before.conferenceId) } : {}),
    });
    if (holdsPlace(before) && !holdsPlace(after)) {
      await this.places.free(before.conferenceId);
      await this.waiting.settle(before.conferenceId);
    }
    return after;
  }

  private async write(before: Registration, changes: Changes): Promise<Registration> {
    const version = await this.db.updateIfUnchanged(Registration, before, changes as never);
    return { ...before, ...changes, version };
  }

  /** The row as it is now, with the version that the caller has seen: a write fails if it is older. */
  private async current(read: Read): Promise<Registration> {
    const found = await this.byId(read.id);
    if (!found) throw new NotFound();
    return { ...found, version: read.version };
  }
}

function subject({ id, conferenceId, personId }: Registration): { id: string; conferenceId: string; personId: string } {
  return { id, conferenceId, personId };
}

function checkOpen(opening: ReturnType<typeof openingOf>): void {
  if (opening === 'closed') throw new RuleViolation('error.registration.closed');
  if (opening !== 'open') throw new RuleViolation('error.registration.notOpen');
}

/** Two forms with one new address at the same instant: the second finds the person when it tries again. */
function isTaken(error: unknown): boolean {
  return error instanceof InvalidInput && error.problems.some(({ code }) => code === 'error.people.emailTaken');
}

