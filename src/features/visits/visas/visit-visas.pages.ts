import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import { Upload } from '../../../platform/web/uploads.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { mrzForm, VisaCard, VisaDetailsForm, type CardPlace } from '../../registration/index.js';
import type { VisitMember } from '../delegation/member.entity.js';
import { Delegations } from '../delegation/members.service.js';
import type { Visit } from '../visit.entity.js';
import { emptyForm } from '../visits.schemas.js';
import { Visits } from '../visits.service.js';
import { MemberVisaRequests } from './member-visa-requests.service.js';
import { memberDetailsForm } from './visas.schemas.js';
import { roomOf, VisitVisasPage } from './visit-visas-page.js';

/** The visas of a delegation. Who may read the visit sees states; what a passport says is the officer's, with a reason. */
@ApiExcludeController()
@Controller('protocol/visits/:ref/visa')
export class VisitVisasPages {
  constructor(
    private readonly visits: Visits,
    private readonly delegations: Delegations,
    private readonly requests: MemberVisaRequests,
    private readonly details: VisaDetailsForm,
    private readonly cards: VisaCard,
    private readonly page: VisitVisasPage,
  ) {}

  @Get()
  @Staff('visa', 'count', 'any')
  async list(@Web() web: WebContext, @Param('ref') ref: string): Promise<string> {
    return this.page.list(web, await this.visits.open(web.viewer, ref), web.emptyForm());
  }

  /** Opens a request for everybody who needs a visa. */
  @Post()
  @Staff('visa', 'write', 'any')
  async beginAll(@Web() web: WebContext, @Param('ref') ref: string, @Body() body: unknown): Promise<string> {
    const visit = await this.page.officerOf(web, ref);
    return web.form(emptyForm, body, {
      done: async () => {
        const count = await this.requests.beginAll(visit);
        return web.redirect(roomOf(visit), { key: 'visit.visa.opened', params: { count } });
      },
      again: (form) => this.page.list(web, visit, form),
    });
  }

  @Get(':member')
  @Staff('visa', 'write', 'any')
  async card(@Web() web: WebContext, @Param('ref') ref: string, @Param('member') id: string): Promise<string> {
    return this.cards.show(web, await this.place(web, ref, id), web.emptyForm());
  }

  /** Opens the request of one member, whatever the table will say. */
  @Post(':member')
  @Staff('visa', 'write', 'any')
  async begin(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('member') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const { visit, member } = await this.member(web, ref, id);
    return web.form(emptyForm, body, {
      done: async () => {
        const { state } = await this.requests.begin(visit, member);
        return web.redirect(`${roomOf(visit)}/${id}`, { key: `visit.visa.begun.${state}` });
      },
      again: (form) => this.page.list(web, visit, form),
    });
  }

  @Get(':member/details')
  @Staff('visa', 'write', 'any')
  async entry(@Web() web: WebContext, @Param('ref') ref: string, @Param('member') id: string): Promise<string> {
    const { visit, member } = await this.member(web, ref, id);
    return this.page.entry(web, visit, member, { form: web.emptyForm() });
  }

  /** What came on paper, written down by an officer. */
  @Post(':member/details')
  @Staff('visa', 'write', 'any')
  async give(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('member') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const { visit, member } = await this.member(web, ref, id);
    return web.form(memberDetailsForm, body, {
      done: async ({ consent, version, ...input }) => {
        const giver = { consent, channel: 'paper' as const, version: version ?? null };
        const { mismatch, expiresSoon } = await this.requests.give(visit, member, input, giver);
        const said = mismatch ? 'mismatch' : expiresSoon ? 'expiresSoon' : 'done';
        return web.redirect(`${roomOf(visit)}/${id}`, { key: `visa.saved.${said}` });
      },
      again: (form) => this.page.entry(web, visit, member, { form }),
    });
  }

  /** Fills the form from the two bottom lines; nothing is saved by it. */
  @Post(':member/details/mrz')
  @HttpCode(200)
  @Staff('visa', 'write', 'any')
  async fillIn(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('member') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const { visit, member } = await this.member(web, ref, id);
    return web.form(mrzForm, body, {
      done: async ({ mrz, ...typed }) => {
        const { read, values } = this.details.fillIn(mrz, await this.requests.stayOf(member));
        const form = web.emptyForm({ ...(typed as Record<string, unknown>), ...values });
        return this.page.entry(web, visit, member, { form, read });
      },
      again: (form) => this.page.entry(web, visit, member, { form }),
    });
  }

  @Post(':member/reveal')
  @HttpCode(200)
  @Staff('visa', 'write', 'any')
  async reveal(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('member') id: string,
    @Body() body: unknown,
  ): Promise<string | Buffer> {
    return this.cards.reveal(web, await this.place(web, ref, id), body);
  }

  @Post(':member/name')
  @Staff('visa', 'write', 'any')
  async correct(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('member') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.cards.correct(web, await this.place(web, ref, id), body);
  }

  @Post(':member/letter')
  @Staff('visa', 'write', 'any')
  async draft(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('member') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.cards.draft(web, await this.place(web, ref, id), body);
  }

  @Post(':member/signature')
  @Upload()
  @Staff('visa', 'write', 'any')
  async sign(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('member') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.cards.sign(web, await this.place(web, ref, id), body);
  }

  @Post(':member/sending')
  @Staff('visa', 'write', 'any')
  async send(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('member') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.cards.send(web, await this.place(web, ref, id), body);
  }

  @Post(':member/outcome')
  @Staff('visa', 'write', 'any')
  async conclude(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('member') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.cards.conclude(web, await this.place(web, ref, id), body);
  }

  /** Overrides the table, with the reason. */
  @Post(':member/decision')
  @Staff('visa', 'write', 'any')
  async decide(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('member') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    return this.cards.decide(web, await this.place(web, ref, id), body);
  }

  private async place(web: WebContext, ref: string, id: string): Promise<CardPlace> {
    return this.page.place(web, await this.page.officerOf(web, ref), id);
  }

  private async member(web: WebContext, ref: string, id: string): Promise<{ visit: Visit; member: VisitMember }> {
    const visit = await this.page.officerOf(web, ref);
    return { visit, member: await this.delegations.member(visit, id) };
  }
}
