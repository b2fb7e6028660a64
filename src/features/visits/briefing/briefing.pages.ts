import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import type { FormView } from '../../../platform/web/form.js';
import { ApiExcludeController } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { withNames } from '../delegation/member-names.js';
import { Delegations } from '../delegation/members.service.js';
import type { Visit } from '../visit.entity.js';
import { changeVisit } from '../visit-change.js';
import { frame, headOf, hrefOf, shownVisit } from '../visit-frame.js';
import { Visits } from '../visits.service.js';
import { typedFacts } from './briefing.rules.js';
import { briefingForm } from './briefing.schemas.js';
import { Briefings } from './briefings.service.js';

/** The briefing of one visit. For those who answer for it alone: it is what the other side must not read. */
@ApiExcludeController()
@Controller('protocol/visits/:ref/briefing')
export class BriefingPages {
  constructor(
    private readonly visits: Visits,
    private readonly briefings: Briefings,
    private readonly delegations: Delegations,
  ) {}

  @Get()
  @Staff('visit', 'count', 'any')
  async show(@Web() web: WebContext, @Param('ref') ref: string): Promise<string> {
    const visit = await this.visits.open(web.viewer, ref, 'inner');
    const { version: _, facts, ...words } = await this.briefings.of(visit);
    return this.page(web, visit, web.emptyForm({ ...words, facts: typedFacts(facts) }));
  }

  @Post()
  @Staff('visit', 'count', 'any')
  save(@Web() web: WebContext, @Param('ref') ref: string, @Body() body: unknown): Promise<string> {
    return changeVisit(web, this.visits, ref, {
      schema: briefingForm,
      body,
      work: (visit, { version, ...fields }) => this.briefings.save(visit, version, fields),
      room: '/briefing',
      notice: 'briefingSaved',
      again: (visit, form) => this.page(web, visit, form),
    });
  }

  private async page(web: WebContext, visit: Visit, form: FormView): Promise<string> {
    const { lastVisit, commitments, agreements } = await this.briefings.sources(web.viewer, visit);
    const model = {
      head: headOf(web, visit, 'briefing', true),
      here: `${hrefOf(visit)}/briefing`,
      version: String((await this.briefings.of(visit)).version),
      stale: form.failed && web.reply.statusCode === 409,
      hostPrincipal: visit.hostPrincipal,
      members: withNames(await this.delegations.of(visit.id)).map(({ id, name }) => ({
        id,
        name,
        field: `bios.${id}`,
      })),
      last: lastVisit && { ...shownVisit(web, lastVisit), lessons: lastVisit.lessons },
      commitments: commitments.map(({ commitment, visit: of }) => ({
        text: commitment.text,
        state: commitment.state,
        outcome: commitment.outcome,
        ref: of.ref,
        href: `${hrefOf(of)}/commitments`,
      })),
      agreements: agreements.map(({ reference, validFrom, validUntil }) => ({ reference, validFrom, validUntil })),
      paper: `${hrefOf(visit)}/documents/briefing_note.${web.locale}.docx`,
    };
    return web.page('pages/visits/briefing', model, { ...frame(web, web.t('visit.room.briefing'), visit), form });
  }
}
