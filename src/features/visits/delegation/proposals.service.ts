import { Injectable } from '@nestjs/common';
import { NotFound, RuleViolation } from '../../../kernel/errors.js';
import { isId } from '../../../kernel/ids.js';
import { Database } from '../../../platform/database/database.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { Ids } from '../../../platform/runtime/ids.js';
import { SealedColumns } from '../../../platform/vault/sealed-columns.js';
import { Vault } from '../../../platform/vault/vault.js';
import { personName } from '../../people/index.js';
import type { Visit } from '../visit.entity.js';
import { ProposalMade, ProposalRefused, ProposalTaken, VisitStateChanged } from '../visits.events.js';
import { VisitComposition, VisitProposal } from './composition.entity.js';
import {
  compositionDifferences,
  type CompositionDifference,
  type ConfirmedMember,
  type ProposalKind,
} from './composition.rules.js';
import { GuestMembers, type GuestMember } from './guest-members.service.js';
import { Delegations, type MemberOfDelegation } from './members.service.js';

/** What somebody asks for: a member as they typed them, or a place. */
export interface ProposedContent {
  readonly typed?: GuestMember;
  readonly place?: number;
}
export interface OpenProposal extends ProposedContent {
  readonly id: string;
  readonly version: number;
  readonly kind: ProposalKind;
  readonly memberId: string | null;
  readonly createdAt: Date;
}

/** Composition of a delegation, once it was confirmed: what it was, how it differs now, and what the guest side asks for. */
@Injectable()
export class Proposals {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly vault: Vault,
    private readonly delegations: Delegations,
    private readonly guests: GuestMembers,
    sealed: SealedColumns,
  ) {
    sealed.add({ entity: VisitProposal, table: 'visit_proposals', columns: { content: 'content' } });
    journal.on(VisitStateChanged, async ({ id, to }) => {
      if (to === 'composition_confirmed') await this.keep(id);
    });
  }

  /** How the delegation differs from what was confirmed; null where nothing was. */
  async since(visitId: string): Promise<{ confirmedAt: Date; differences: CompositionDifference[] } | null> {
    const kept = await this.db.one(VisitComposition, { visitId });
    if (!kept) return null;
    const now = (await this.delegations.of(visitId)).map(confirmedMember);
    return { confirmedAt: kept.confirmedAt, differences: compositionDifferences(kept.members, now) };
  }

  /** What waits for an answer, the oldest first. */
  async open(visit: Pick<Visit, 'id'>): Promise<OpenProposal[]> {
    const rows = await this.db.all(VisitProposal, { visitId: visit.id, state: 'open' });
    return rows
      .toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1))
      .map((row) => this.opened(row));
  }

  /** Asks for a change; whoever asks again about the same member, asks for the latter. */
  propose(
    visit: Pick<Visit, 'id'>,
    kind: ProposalKind,
    { memberId, ...content }: ProposedContent & { memberId: string | null },
  ): Promise<void> {
    return this.db.transaction(async () => {
      if (memberId !== null) {
        await this.delegations.member(visit, memberId);
        await this.db.repository(VisitProposal).delete({ activeKey: memberId });
      }
      const id = this.ids.next();
      await this.db.insert(VisitProposal, {
        id,
        visitId: visit.id,
        memberId,
        kind,
        content: this.vault.seal(placeOf(id), JSON.stringify(content)),
        state: 'open',
        activeKey: memberId,
        createdAt: this.clock.now(),
        decidedAt: null,
        version: 1,
      });
      await this.journal.record(ProposalMade({ id: visit.id, proposalId: id, memberId, kind }));
    });
  }

  /** Does what was asked for. Throws RuleViolation when it was decided already, NotFound for that of another visit. */
  take(visit: Pick<Visit, 'id'>, id: string): Promise<void> {
    return this.db.transaction(async () => {
      const proposal = await this.decide(visit, id, 'taken');
      await this.apply(visit, proposal);
      await this.journal.record(ProposalTaken({ id: visit.id, proposalId: id, memberId: proposal.memberId }));
    });
  }

  refuse(visit: Pick<Visit, 'id'>, id: string): Promise<void> {
    return this.db.transaction(async () => {
      const { memberId } = await this.decide(visit, id, 'refused');
      await this.journal.record(ProposalRefused({ id: visit.id, proposalId: id, memberId }));
    });
  }

  private async apply(visit: Pick<Visit, 'id'>, { kind, memberId, typed, place }: OpenProposal): Promise<void> {
    if (kind === 'add') {
      await this.guests.add(visit, typed!);
      return;
    }
    const member = await this.delegations.member(visit, memberId!);
    if (kind === 'change') await this.guests.change(visit, member, typed!);
    if (kind === 'move') await this.delegations.move(visit, member.id, { seen: member.orderNo, place: place! });
    if (kind === 'remove') await this.delegations.remove(visit, member.id);
  }

  /** Marks it and answers it as it was open; what was typed goes. */
  private async decide(visit: Pick<Visit, 'id'>, id: string, state: 'taken' | 'refused'): Promise<OpenProposal> {
    const row = isId(id) ? await this.db.one(VisitProposal, { id, visitId: visit.id }) : null;
    if (!row) throw new NotFound();
    if (row.state !== 'open') throw new RuleViolation('error.visit.proposalDecided');
    const decided = { state, activeKey: null, content: null, decidedAt: this.clock.now() };
    await this.db.updateIfUnchanged(VisitProposal, row, decided);
    return this.opened(row);
  }

  private opened(row: VisitProposal): OpenProposal {
    const { id, version, kind, memberId, createdAt } = row;
    const content = JSON.parse(this.vault.open(placeOf(id), row.content!).reveal()) as ProposedContent;
    return { id, version, kind, memberId, createdAt, ...content };
  }

  private async keep(visitId: string): Promise<void> {
    await this.db.repository(VisitComposition).delete({ visitId });
    const members = (await this.delegations.of(visitId)).map(confirmedMember);
    await this.db.insert(VisitComposition, {
      id: this.ids.next(),
      visitId,
      confirmedAt: this.clock.now(),
      members,
    } as never);
  }
}

function confirmedMember({ member, person }: MemberOfDelegation): ConfirmedMember {
  const { id, orderNo, role, plate, title } = member;
  return { memberId: id, place: orderNo, name: personName(person), role, plate, title };
}

function placeOf(row: string) {
  return { table: 'visit_proposals', row, column: 'content' };
}
