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
import { InvitationDrafted } from './invitation.events.js';
import { activeKey } from './invitation.rules.js';

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
  async add(
    id: string,
    order: {
      subject: { conferenceId: string; sessionId: string | null; personId: string };
      role: AssignmentRole | null;
      number: number | null;
      deadline: Date | null;
      message: string;
      locale: Locale;
      companionsAsked?: CompanionsAsked;
      companionsMax?: number;
    },
  ): Promise<Invitation> {
    const { subject, role, number, deadline, message, locale } = order;
    const key = activeKey(subject, 'draft')!;
    if (await this.db.repository(Invitation).existsBy({ activeKey: key })) throw alreadyInvited();
    const seat = { sessionId: subject.sessionId, personId: subject.personId, role };
    const row = {
      id,
      ...subject,
      assignmentId: role === null ? null : await this.commitments.propose(subject.conferenceId, seat, number),
      kind: role === null ? 'conference' : 'seat',
      role,
      state: 'draft',
      deadline,
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
      activeKey: key,
      createdAt: this.clock.now(),
      version: 1,
    } satisfies Omit<Invitation, 'conference' | 'session' | 'assignment' | 'person'>;
    await this.db.insert(Invitation, row as never);
    const invitation = row as unknown as Invitation;
    await this.journal.record(
      InvitationDrafted({ ...about(invitation), kind: invitation.kind, sessionId: invitation.sessionId }),
    );
    return invitation;
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
