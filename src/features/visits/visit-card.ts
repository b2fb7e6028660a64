import { Injectable } from '@nestjs/common';
import { pickText } from '../../kernel/locale.js';
import { Journal } from '../../platform/journal/journal.js';
import type { FormView } from '../../platform/web/form.js';
import { covers } from '../../platform/web/viewer.js';
import type { WebContext } from '../../platform/web/web-context.js';
import { Accounts } from '../accounts/index.js';
import { Conferences } from '../conferences/index.js';
import { Institutions, institutionName } from '../cooperation/index.js';
import { urgencyOf } from './commitments/commitment.rules.js';
import { Commitments } from './commitments/commitments.service.js';
import { DIRECTIONS, PAPER_KINDS } from './papers/paper.rules.js';
import { VisitPapers } from './papers/papers.service.js';
import { NEVER_OVERRIDDEN } from './readiness.rules.js';
import { frame, headOf, hrefOf } from './visit-frame.js';
import type { Visit } from './visit.entity.js';
import { asksReason, COST_LINES, nextStates } from './visit.rules.js';
import { VisitReadiness } from './visit-readiness.service.js';
import { Visits } from './visits.service.js';

/** The card of one visit: where it stands, what is missing, who decided, what lies in its file. */
@Injectable()
export class VisitCard {
  constructor(
    private readonly visits: Visits,
    private readonly readiness: VisitReadiness,
    private readonly papers: VisitPapers,
    private readonly accounts: Accounts,
    private readonly institutions: Institutions,
    private readonly conferences: Conferences,
    private readonly journal: Journal,
    private readonly commitments: Commitments,
  ) {}

  async show(web: WebContext, visit: Visit, form: FormView): Promise<string> {
    const mayEdit = (await this.visits.accessOf(web.viewer, visit)) === 'write';
    const here = hrefOf(visit);
    const named = (await this.visits.namedFor([visit.id])).get(visit.id) ?? [];
    const accounts = await this.accounts.byIds(
      [visit.responsibleId, visit.deputyId, ...named].filter((id) => id !== null),
    );
    const nameOf = (id: string | null) => accounts.get(id ?? '')?.name ?? null;
    const lines = await this.readiness.of(visit);
    const model = {
      head: headOf(web, visit, 'card', mayEdit),
      here,
      version: visit.version,
      facts: await this.facts(web, visit),
      // Whoever only reads the visit sees neither money nor decision, nor what lies in the file.
      financing: (mayEdit ? COST_LINES : []).map((cost) => ({ cost, payer: visit.financing[cost] ?? null })),
      officers: { responsible: nameOf(visit.responsibleId), deputy: nameOf(visit.deputyId) },
      named: named.map((id) => ({ id, name: nameOf(id) })),
      staff: (await this.accounts.withRoles(['protocol_officer', 'responsible', 'organizer']))
        .filter(({ id }) => !named.includes(id) && id !== visit.responsibleId && id !== visit.deputyId)
        .map(({ id, name }) => ({ value: id, label: name })),
      inner: mayEdit,
      decided: visit.decidedBy === null ? null : { by: visit.decidedBy, on: visit.decidedOn, why: visit.decision },
      steps: nextStates(visit).map((to) => ({
        to,
        asksReason: asksReason(to),
        newDays: visit.state === 'postponed' && to !== 'cancelled',
      })),
      readiness: lines.map((line) => ({
        ...line,
        reason: mayEdit ? line.reason : null,
        missing: line.missing.map(({ href, what }) => ({ href: here + href, what })),
        mayOverride: mayEdit && line.state === 'missing' && !NEVER_OVERRIDDEN.includes(line.key),
      })),
      missing: lines.filter(({ state }) => state === 'missing').length,
      papers: mayEdit
        ? (await this.papers.of(visit.id)).map(({ text, ...paper }) => ({ ...paper, hasText: text !== null }))
        : [],
      promised: (await this.commitments.ofEarlier(web.viewer, visit)).map(({ commitment, visit: from }) => ({
        text: commitment.text,
        promisedBy: commitment.promisedBy,
        state: commitment.state,
        dueOn: commitment.dueOn,
        urgency: urgencyOf(commitment, this.commitments.today()),
        visit: { href: `${hrefOf(from)}/commitments`, ref: from.ref },
      })),
      paperKinds: PAPER_KINDS,
      directions: DIRECTIONS,
      history: mayEdit && covers(web.viewer.level('journal', null), 'read') ? await this.history(visit.id) : [],
      mayEdit,
    };
    return web.page('pages/visits/card', model, {
      ...frame(web, `${visit.ref} ${pickText(visit.title, web.locale).text}`),
      form,
    });
  }

  private async facts(web: WebContext, visit: Visit) {
    const institution = visit.institutionId
      ? (await this.institutions.byIds([visit.institutionId])).get(visit.institutionId)
      : undefined;
    const conference = visit.conferenceId ? await this.conferences.byId(visit.conferenceId) : null;
    const { initiator, channel, incomingNo, incomingOn, purpose, topics, hostPrincipal, press, dressCode, flags } =
      visit;
    return {
      institution: institution && {
        name: institutionName(institution, web.locale),
        href: `/org/institutions/${institution.publicId}`,
      },
      conference: conference && { title: conference.title, href: `/org/c/${conference.slug}` },
      initiator,
      channel,
      incomingNo,
      incomingOn,
      purpose,
      topics,
      hostPrincipal,
      press,
      dressCode,
      flags,
      languages: visit.languages,
      interpretation: visit.interpretation,
      budget: visit.budget,
      lessons: visit.lessons,
      purgeOn: visit.purgeOn,
    };
  }

  private async history(id: string): Promise<object[]> {
    const entries = await this.journal.about(id);
    const ids = entries.flatMap(({ actorKind, actorId }) => (actorKind === 'account' && actorId ? [actorId] : []));
    const accounts = await this.accounts.byIds(ids);
    return entries.map(({ at, type, actorKind, actorId, data }) => ({
      at,
      type,
      actor: actorKind,
      by: accounts.get(actorId ?? '')?.name ?? null,
      reason: reasonOf(data),
    }));
  }
}

function reasonOf(data: unknown): string | null {
  const reason = typeof data === 'object' && data !== null ? (data as { reason?: unknown }).reason : null;
  return typeof reason === 'string' ? reason : null;
}
