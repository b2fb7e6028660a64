import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import type { z } from 'zod';
import { pickText } from '../../../kernel/locale.js';
import type { FormView } from '../../../platform/web/form.js';
import { ApiExcludeController } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { Accounts } from '../../accounts/index.js';
import { VisitSessions } from '../stay-sessions.queries.js';
import type { Visit } from '../visit.entity.js';
import { changeVisit } from '../visit-change.js';
import { frame, headOf, hrefOf } from '../visit-frame.js';
import { Visits } from '../visits.service.js';
import type { VisitCommitment } from './commitment.entity.js';
import { PROMISED_BY, urgencyOf } from './commitment.rules.js';
import { commitmentForm, newCommitmentForm, settleForm } from './commitment.schemas.js';
import { Commitments } from './commitments.service.js';

/** What was promised: of all visits, and of one. */
@ApiExcludeController()
@Controller('protocol')
export class CommitmentsPages {
  constructor(
    private readonly visits: Visits,
    private readonly commitments: Commitments,
    private readonly sessions: VisitSessions,
    private readonly accounts: Accounts,
  ) {}

  @Get('commitments')
  @Staff('visit', 'count', 'any')
  async open(@Web() web: WebContext): Promise<string> {
    const today = this.commitments.today();
    const found = await this.commitments.openFor(web.viewer);
    const owners = await this.accounts.byIds(found.flatMap(({ commitment }) => commitment.ownerId ?? []));
    const model = {
      rows: found.map(({ commitment, visit }) => ({
        ...shown(commitment, today),
        owner: owners.get(commitment.ownerId ?? visit.responsibleId ?? '')?.name ?? null,
        visit: { href: `${hrefOf(visit)}/commitments`, ref: visit.ref, title: visit.title },
      })),
    };
    return web.page('pages/visits/open-commitments', model, frame(web, web.t('visit.commitment.open')));
  }

  @Get('visits/:ref/commitments')
  @Staff('visit', 'count', 'any')
  async all(@Web() web: WebContext, @Param('ref') ref: string): Promise<string> {
    return this.show(web, await this.visits.open(web.viewer, ref), null, web.emptyForm({ promisedBy: 'us' }));
  }

  @Post('visits/:ref/commitments')
  @Staff('visit', 'count', 'any')
  make(@Web() web: WebContext, @Param('ref') ref: string, @Body() body: unknown): Promise<string> {
    return this.change(web, ref, newCommitmentForm, body, 'commitmentSaved', null, (visit, fields) =>
      this.commitments.make(visit, fields),
    );
  }

  @Get('visits/:ref/commitments/:id')
  @Staff('visit', 'count', 'any')
  async one(@Web() web: WebContext, @Param('ref') ref: string, @Param('id') id: string): Promise<string> {
    const visit = await this.visits.open(web.viewer, ref, 'write');
    const commitment = await this.commitments.one(visit, id);
    return this.show(web, visit, commitment, web.emptyForm({ ...commitment }));
  }

  @Post('visits/:ref/commitments/:id')
  @Staff('visit', 'count', 'any')
  save(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.change(web, ref, commitmentForm, body, 'commitmentSaved', id, (visit, { version, ...fields }) =>
      this.commitments.edit(visit, { id, version }, fields),
    );
  }

  @Post('visits/:ref/commitments/:id/settling')
  @Staff('visit', 'count', 'any')
  settle(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.change(web, ref, settleForm, body, 'commitmentSettled', id, (visit, { version, to, outcome }) =>
      this.commitments.settle(visit, { id, version }, to, outcome),
    );
  }

  private change<S extends z.ZodType>(
    web: WebContext,
    ref: string,
    schema: S,
    body: unknown,
    notice: string,
    id: string | null,
    work: (visit: Visit, input: z.output<S>) => Promise<unknown>,
  ): Promise<string> {
    return changeVisit(web, this.visits, ref, {
      schema,
      body,
      work,
      makes: id === null,
      room: '/commitments',
      notice,
      again: async (visit, form) =>
        this.show(web, visit, id === null ? null : await this.commitments.one(visit, id), form),
    });
  }

  private async show(web: WebContext, visit: Visit, edited: VisitCommitment | null, form: FormView): Promise<string> {
    const mayEdit = (await this.visits.accessOf(web.viewer, visit)) === 'write';
    const today = this.commitments.today();
    const [made, earlier] = [await this.commitments.of(visit.id), await this.commitments.ofEarlier(web.viewer, visit)];
    const staff = await this.accounts.withRoles(['protocol_officer', 'responsible', 'organizer']);
    const sessions = await this.sessions.of(visit);
    const here = `${hrefOf(visit)}/commitments`;
    const nameOf = (id: string | null) => staff.find((one) => one.id === (id ?? visit.responsibleId))?.name ?? null;
    const model = {
      head: headOf(web, visit, 'commitments', mayEdit),
      here,
      action: edited ? `${here}/${edited.id}` : here,
      edited: edited && { state: edited.state },
      version: edited?.version ?? '',
      sides: PROMISED_BY,
      staff: staff.map(({ id, name }) => ({ value: id, label: name })),
      sessions: sessions.map(({ id, title }) => ({ value: id, label: pickText(title, web.locale).text })),
      commitments: made.map((one) => ({ ...shown(one, today), owner: nameOf(one.ownerId) })),
      earlier: earlier.map(({ commitment, visit: from }) => ({
        ...shown(commitment, today),
        visit: { href: `${hrefOf(from)}/commitments`, ref: from.ref },
      })),
      mayEdit,
    };
    return web.page('pages/visits/commitments', model, { ...frame(web, web.t('visit.room.commitments'), visit), form });
  }
}

function shown(commitment: VisitCommitment, today: string) {
  const { id, text, promisedBy, dueOn, state, outcome, version } = commitment;
  return { id, text, promisedBy, dueOn, state, outcome, version, urgency: urgencyOf(commitment, today) };
}
