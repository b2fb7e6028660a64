import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { LOCALES } from '../../../kernel/locale.js';
import type { FormView } from '../../../platform/web/form.js';
import { ByToken } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { People, personName, type Person } from '../../people/index.js';
import {
  allows,
  mrzForm,
  VisaDetailsForm,
  VisaRequests,
  sureForm,
  type Stay,
  type VisaRequest,
} from '../../registration/index.js';
import { DelegationDoor } from '../delegation/delegation-door.js';
import { MEMBER_STAY, MemberVisas } from '../delegation/member-visas.queries.js';
import type { VisitMember } from '../delegation/member.entity.js';
import { Delegations } from '../delegation/members.service.js';
import type { Visit } from '../visit.entity.js';
import { MemberVisaRequests } from './member-visa-requests.service.js';
import { memberDetailsForm } from './visas.schemas.js';

interface Opened {
  readonly here: string;
  readonly list: string;
  readonly visit: Visit;
  readonly member: VisitMember;
  readonly person: Person;
  readonly stay: Stay;
  readonly request: VisaRequest | null;
}
type Read = ReturnType<VisaDetailsForm['fillIn']>['read'];

/**
 * What the guest side gives for the visa of one of its people, behind the link of the delegation: written once and masked
 * from then on. The letter itself is never here; the page says only how far it is.
 */
@Controller([...LOCALES].map((locale) => `${locale}/delegation/:token/members/:member/visa`))
export class GuestVisaPages {
  constructor(
    private readonly door: DelegationDoor,
    private readonly delegations: Delegations,
    private readonly people: People,
    private readonly visas: MemberVisas,
    private readonly requests: MemberVisaRequests,
    private readonly all: VisaRequests,
    private readonly details: VisaDetailsForm,
  ) {}

  @Get()
  @ByToken('delegation')
  async page(@Web() web: WebContext, @Param('token') token: string, @Param('member') id: string): Promise<string> {
    return this.show(web, await this.open(web, token, id), web.emptyForm());
  }

  @Post()
  @ByToken('delegation')
  async give(
    @Web() web: WebContext,
    @Param('token') token: string,
    @Param('member') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const opened = await this.open(web, token, id);
    const { visit, member } = opened;
    return web.form(memberDetailsForm, body, {
      done: async ({ consent, version, ...input }) => {
        const giver = { consent, channel: 'focal' as const, version: version ?? null };
        const { mismatch, expiresSoon } = await this.requests.give(visit, member, input, giver);
        const said = mismatch ? 'mismatch' : expiresSoon ? 'expiresSoon' : 'done';
        return web.redirect(opened.here, { key: `visa.saved.${said}` });
      },
      again: (form) => this.show(web, opened, form),
    });
  }

  /** Fills the form from the two bottom lines; nothing is saved by it. */
  @Post('mrz')
  @HttpCode(200)
  @ByToken('delegation')
  async fillIn(
    @Web() web: WebContext,
    @Param('token') token: string,
    @Param('member') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const opened = await this.open(web, token, id);
    return web.form(mrzForm, body, {
      done: ({ mrz, ...typed }) => {
        const { read, values } = this.details.fillIn(mrz, opened.stay);
        return this.show(web, opened, web.emptyForm({ ...(typed as Record<string, unknown>), ...values }), read);
      },
      again: (form) => this.show(web, opened, form),
    });
  }

  /** Takes back everything that was given for this person. */
  @Post('withdrawal')
  @ByToken('delegation')
  async forget(
    @Web() web: WebContext,
    @Param('token') token: string,
    @Param('member') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const opened = await this.open(web, token, id);
    return web.form(sureForm, body, {
      done: async () => {
        const { request } = opened;
        if (request?.stayKind !== MEMBER_STAY) throw new NotFound();
        await this.all.forget(request, 'focal');
        return web.redirect(opened.here, { key: 'visa.forgotten' });
      },
      again: (form) => this.show(web, opened, form),
    });
  }

  private async open(web: WebContext, token: string, id: string): Promise<Opened> {
    const { visit } = await this.door.open(token);
    const member = await this.delegations.member(visit, id);
    const stay = await this.requests.stayOf(member);
    const list = `/${web.locale}/delegation/${token}`;
    return {
      here: `${list}/members/${member.id}/visa`,
      list,
      visit,
      member,
      person: (await this.people.byId(member.personId))!,
      stay,
      request: await this.all.serving(stay),
    };
  }

  private async show(web: WebContext, opened: Opened, form: FormView, read?: Read): Promise<string> {
    const { here, list, visit, member, person, stay, request } = opened;
    const name = personName(person);
    // Whoever has registered writes their own passport down; the guest side sees no more than how far it is.
    const elsewhere = request !== null && request.stayKind !== MEMBER_STAY;
    const begun = request !== null && request.state !== 'withdrawn';
    const need = begun ? null : ((await this.visas.decisions(visit, [member])).get(member.id)?.outcome ?? null);
    const asked = begun ? allows(request.state, 'receive') && request.purgedAt === null : need === 'needed';
    const model = {
      here,
      list,
      name,
      member: `${list}/members/${member.id}`,
      active: stay.active,
      elsewhere,
      need,
      known: need !== null,
      asks: stay.active && asked && !elsewhere,
      version: request?.version ?? '',
      ...(elsewhere
        ? { request: { state: request.state }, rows: [] }
        : await this.details.model(web, { stay, request, person, ...(read ? { read } : {}) })),
    };
    const values = { ...this.details.values(stay, request, person), ...form.values };
    return web.page('pages/delegation/visa', model, {
      title: web.t('delegation.visa.title', { name }),
      robots: 'none',
      form: { ...form, values },
      status: web.reply.statusCode,
    });
  }
}
