import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import { InvalidInput, NotFound, Stale } from '../../kernel/errors.js';
import { isId } from '../../kernel/ids.js';
import { toInstant } from '../../kernel/zones.js';
import { isUniqueViolation } from '../../platform/database/database-errors.js';
import { Database } from '../../platform/database/database.js';
import { Journal } from '../../platform/journal/journal.js';
import { Clock } from '../../platform/runtime/clock.js';
import { Ids } from '../../platform/runtime/ids.js';
import { Conferences } from '../conferences/index.js';
import { personName } from '../people/index.js';
import { Programmes, Strand } from '../programme/index.js';
import { asksPaper, isActive, Registration, RegistrationCards, RegistrationTasks, type CardSection, type TaskView } from '../registration/index.js';
import { Translator } from '../../platform/i18n/translator.js';
import { currentContext } from '../../platform/runtime/request-context.js';
import { Proposal } from './proposal.entity.js';
import { ProposalSaved, ProposalSubmitted } from './proposal.events.js';
import { lockedBecause, saved, type ProposalState } from './proposal.rules.js';
import type { PaperInput } from './proposal.schemas.js';

export interface ListedProposal {
  proposal: Proposal;
  registration: Registration;
  author: string;
  strand: Strand | null;
}

/** The papers of registered speakers, and their task on the personal page. */
@Injectable()
export class Proposals {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly translator: Translator,
    private readonly conferences: Conferences,
    private readonly programmes: Programmes,
    tasks: RegistrationTasks,
    cards: RegistrationCards,
  ) {
    tasks.add({ key: 'paper', position: 20, view: (registration) => this.task(registration) });
    cards.from((registration) => this.section(registration));
  }

  of(registrationId: string): Promise<Proposal | null> {
    return this.db.repository(Proposal).findOneBy({ registrationId });
  }

  /** Why the author may not write now, as a message key. */
  async locked(registration: Registration): Promise<string | undefined> {
    const conference = await this.conferences.byId(registration.conferenceId);
    const begun = conference !== null && this.clock.now() >= toInstant(`${conference.startsOn}T00:00`, conference.zone).instant;
    return lockedBecause({ active: isActive(registration) && registration.approval !== 'refused', begun });
  }

  async strands(conferenceId: string): Promise<Strand[]> {
    const programme = await this.programmes.ofOwner(conferenceId);
    return this.db.repository(Strand).find({ where: { programmeId: programme.id }, order: { position: 'ASC', id: 'ASC' } });
  }

  /** Saves a draft or submits; `version` 0 is a first writing. Throws Stale, RuleViolation, InvalidInput at `strand`. */
  save(registration: Registration, { step, version, title, abstract, language, strand }: PaperInput): Promise<Proposal> {
    return this.db.transaction(async () => {
      const before = await this.of(registration.id);
      const state = saved(before?.state, step, await this.locked(registration));
      if (strand !== null && !(await this.strands(registration.conferenceId)).some(({ id }) => id === strand)) throw InvalidInput.at('strand', 'error.choice');
      const now = this.clock.now();
      const submittedAt = state === 'submitted' ? (before?.submittedAt ?? now) : null;
      const changes = { title: title ?? '', abstract: abstract ?? '', language, strandId: strand, state, updatedAt: now, submittedAt };
      const after = before ? { ...before, ...changes, version: await this.db.updateIfUnchanged(Proposal, { id: before.id, version }, changes) } : await this.insert(registration, changes);
      const subject = { id: after.id, conferenceId: registration.conferenceId, personId: registration.personId };
      const fields = (['title', 'abstract', 'language', 'strandId'] as const).filter((field) => (before?.[field] ?? null) !== (after[field] || null));
      if (before?.state !== 'submitted' && state === 'submitted') await this.journal.record(ProposalSubmitted(subject));
      else await this.journal.record(ProposalSaved({ ...subject, fields }));
      return after;
    });
  }

  /** The papers of a conference with their authors, drafts included, in the order of the authors' names. */
  async list(conferenceId: string): Promise<ListedProposal[]> {
    const rows = await this.ofConference(conferenceId)
      .orderBy('person.sortKey', 'ASC')
      .addOrderBy('proposal.id', 'ASC')
      .limit(2000)
      .getMany();
    return rows.map(listed);
  }

  /** Up to `limit + 1` papers in the order of their ids; `after` is the id of the last one seen. */
  async page(conferenceId: string, { limit, after, state }: { limit: number; after: string | null; state: ProposalState | null }): Promise<ListedProposal[]> {
    if (after !== null && !isId(after)) throw InvalidInput.at('after', 'error.invalid');
    const query = this.ofConference(conferenceId);
    if (after !== null) query.andWhere('proposal.id > :after', { after });
    if (state !== null) query.andWhere('proposal.state = :state', { state });
    const rows = await query.orderBy('proposal.id', 'ASC').limit(limit + 1).getMany();
    return rows.map(listed);
  }

  /** A paper of that conference only ([A3]). Throws NotFound. */
  async inConference(conferenceId: string, id: string): Promise<ListedProposal> {
    const row = isId(id) ? await this.ofConference(conferenceId).andWhere('proposal.id = :id', { id }).getOne() : null;
    if (!row) throw new NotFound();
    return listed(row);
  }

  private ofConference(conferenceId: string): SelectQueryBuilder<Proposal> {
    return this.db
      .repository(Proposal)
      .createQueryBuilder('proposal')
      .innerJoinAndSelect('proposal.registration', 'registration')
      .innerJoinAndSelect('registration.person', 'person')
      .leftJoinAndSelect('proposal.strand', 'strand')
      .where('registration.conference_id = :conferenceId', { conferenceId });
  }

  private async insert(registration: Registration, changes: Omit<Proposal, 'id' | 'registration' | 'registrationId' | 'strand' | 'version'>): Promise<Proposal> {
    const row = { id: this.ids.next(), registrationId: registration.id, ...changes, version: 1 };
    try {
      await this.db.insert(Proposal, row);
    } catch (error) {
      if (isUniqueViolation(error)) throw new Stale(await this.of(registration.id));
      throw error;
    }
    return row as Proposal;
  }

  private async task(registration: Registration): Promise<TaskView | null> {
    const proposal = await this.of(registration.id);
    if (!proposal && !asksPaper(registration.category, registration.form)) return null;
    const status = proposal === null ? 'not_started' : proposal.state === 'submitted' ? 'done' : 'in_progress';
    return { status, href: 'paper', label: 'proposal.task', ...(status === 'in_progress' ? { hint: 'proposal.taskHint' } : {}) };
  }

  private async section(registration: Registration): Promise<CardSection | null> {
    const proposal = await this.of(registration.id);
    if (!proposal) return null;
    const { locale } = currentContext();
    const t = (key: string): string => this.translator.t(locale, key);
    return {
      heading: 'proposal.task',
      rows: [
        { label: t('proposal.field.state'), value: t(`proposal.state.${proposal.state}`) },
        { label: t('proposal.field.title'), value: proposal.title },
        { label: t('proposal.field.abstract'), value: proposal.abstract },
      ],
    };
  }
}

function listed(proposal: Proposal): ListedProposal {
  const { registration, strand } = proposal;
  return { proposal, registration, author: personName(registration.person), strand };
}
