import { Injectable } from '@nestjs/common';
import { RuleViolation } from '../../kernel/errors.js';
import type { Locale } from '../../kernel/locale.js';
import { Database } from '../../platform/database/database.js';
import { Journal } from '../../platform/journal/journal.js';
import { Clock } from '../../platform/runtime/clock.js';
import { People, type NewPerson } from '../people/index.js';
import type { AssignmentRole } from '../programme/index.js';
import { Commitments } from './commitments.service.js';
import type { CompanionsAsked } from './companions.rules.js';
import { InvitationTokens } from './invitation-tokens.js';
import { Invitation } from './invitation.entity.js';
import { InvitationDrafted, InvitationSent } from './invitation.events.js';
import { activeKey } from './invitation.rules.js';

/** Rows of one statement. */
const ROWS = 100;

export interface DraftOrder {
  subject: { conferenceId: string; sessionId: string | null; personId: string };
  role: AssignmentRole | null;
  deadline: Date | null;
  /** With a subject of its own, `message` is the whole letter. */
  letterSubject?: string;
  message: string;
  locale: Locale;
  waveId?: string;
  companionsAsked?: CompanionsAsked;
  companionsMax?: number;
}

/** How a new invitation comes into being. Part of the caller's transaction. */
@Injectable()
export class InvitationDrafts {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly journal: Journal,
    private readonly people: People,
    private readonly tokens: InvitationTokens,
    private readonly commitments: Commitments,
  ) {}

  /** Throws RuleViolation when the person is asked to the same already. */
  async add(id: string, order: DraftOrder & { number: number | null }): Promise<Invitation> {
    const { subject, role, number } = order;
    const key = activeKey(subject, 'draft')!;
    if (await this.db.repository(Invitation).existsBy({ activeKey: key })) throw alreadyInvited();
    const seat = { sessionId: subject.sessionId, personId: subject.personId, role };
    const assignmentId = role === null ? null : await this.commitments.propose(subject.conferenceId, seat, number);
    const row = this.row(id, order, assignmentId);
    await this.db.insert(Invitation, row as never);
    await this.drafted(row);
    return row;
  }

  /** The same for many at once, with letters that are made already. Who was asked meanwhile breaks a unique index. */
  async addSent(rows: readonly Invitation[]): Promise<void> {
    for (let at = 0; at < rows.length; at += ROWS) await this.db.insert(Invitation, rows.slice(at, at + ROWS) as never);
    for (const row of rows) {
      await this.drafted(row);
      await this.journal.record(InvitationSent(about(row)));
    }
  }

  /** A draft as a row that is not written yet. `assignmentId`: its seat in the programme. */
  row(id: string, order: DraftOrder, assignmentId: string | null): Invitation {
    const { subject, role, deadline, message, locale } = order;
    return {
      id,
      ...subject,
      assignmentId,
      kind: role === null ? 'conference' : 'seat',
      role,
      state: 'draft',
      deadline,
      waveId: order.waveId ?? null,
      subject: order.letterSubject ?? '',
      message,
      locale,
      tokenHash: this.tokens.hash({ id, tokenTurn: 0 }),
      tokenTurn: 0,
      sentTo: null,
      mailId: null,
      sentAt: null,
      remindedAt: null,
      answeredAt: null,
      answerChannel: null,
      comment: '',
      substitute: null,
      companionsAsked: order.companionsAsked ?? 'none',
      companionsMax: order.companionsMax ?? 0,
      companions: null,
      confirmAgain: false,
      activeKey: activeKey(subject, 'draft'),
      createdAt: this.clock.now(),
      version: 1,
    } satisfies Omit<Invitation, 'conference' | 'session' | 'assignment' | 'person'> as unknown as Invitation;
  }

  private drafted(invitation: Invitation): Promise<void> {
    const { kind, sessionId } = invitation;
    return this.journal.record(InvitationDrafted({ ...about(invitation), kind, sessionId }));
  }

  /** The person of that id, else of that address, else a new one. */
  async personOf(person: { id: string } | NewPerson): Promise<string> {
    if ('id' in person) return person.id;
    const known = person.email ? await this.people.byEmail(person.email.toLowerCase()) : null;
    return (known ?? (await this.people.create(person))).id;
  }
}

/** What every journal entry of an invitation says. */
export function about({ id, conferenceId, personId }: Invitation) {
  return { id, conferenceId, personId };
}

export function alreadyInvited(): RuleViolation {
  return new RuleViolation('error.invitation.already');
}
