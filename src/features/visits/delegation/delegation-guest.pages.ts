import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import type { z } from 'zod';
import { LOCALES, type Locale } from '../../../kernel/locale.js';
import { ByToken } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import type { Visit } from '../visit.entity.js';
import { hasReached } from '../visit.rules.js';
import { emptyForm } from '../visits.schemas.js';
import { DelegationDoor } from './delegation-door.js';
import { DelegationGuestPage } from './delegation-guest-page.js';
import type { VisitLink } from './delegation-link.entity.js';
import { DelegationLinks } from './delegation-links.service.js';
import { GuestMembers, type GuestMember } from './guest-members.service.js';
import { guestChangeForm, guestMemberForm, moveForm } from './member.schemas.js';
import { Delegations } from './members.service.js';
import { Proposals } from './proposals.service.js';

/** The delegation's own side, without an account: opened as often as one likes, also by mail scanners; only its POST changes something ([T3]). */
@Controller([...LOCALES].map((locale) => `${locale}/delegation`))
export class DelegationGuestPages {
  constructor(
    private readonly door: DelegationDoor,
    private readonly links: DelegationLinks,
    private readonly delegations: Delegations,
    private readonly guests: GuestMembers,
    private readonly proposals: Proposals,
    private readonly page: DelegationGuestPage,
  ) {}

  @Get(':token')
  @ByToken('delegation')
  async open(@Web() web: WebContext, @Param('token') token: string): Promise<string> {
    const { link, visit } = await this.door.open(token);
    return this.page.list(web, { token, link, visit }, web.emptyForm());
  }

  @Get(':token/members/new')
  @ByToken('delegation')
  async blank(@Web() web: WebContext, @Param('token') token: string): Promise<string> {
    const { visit } = await this.door.open(token);
    return this.page.blank(web, { token, visit }, null);
  }

  @Post(':token/members')
  @ByToken('delegation')
  async add(@Web() web: WebContext, @Param('token') token: string, @Body() body: unknown): Promise<string> {
    const { link, visit } = await this.door.open(token);
    return web.form(guestMemberForm, body, {
      done: (input) =>
        web.once(body, async () => {
          const typed = typedBy(input, web.locale);
          const proposed = isConfirmed(visit);
          if (proposed) await this.proposals.propose(visit, 'add', { memberId: null, typed });
          else await this.guests.add(visit, typed);
          return this.back(web, token, link, proposed ? 'proposed' : 'added');
        }),
      again: (form) => this.page.blank(web, { token, visit }, form),
    });
  }

  @Get(':token/members/:member')
  @ByToken('delegation')
  async member(@Web() web: WebContext, @Param('token') token: string, @Param('member') id: string): Promise<string> {
    const { visit } = await this.door.open(token);
    return this.page.member(web, { token, visit, confirmed: isConfirmed(visit) }, id, null);
  }

  @Post(':token/members/:member')
  @ByToken('delegation')
  async save(
    @Web() web: WebContext,
    @Param('token') token: string,
    @Param('member') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const { link, visit } = await this.door.open(token);
    const member = await this.delegations.member(visit, id);
    return web.form(guestChangeForm, body, {
      done: async ({ version, ...input }) => {
        const typed = typedBy(input, web.locale);
        const proposed = isConfirmed(visit);
        if (proposed) await this.proposals.propose(visit, 'change', { memberId: id, typed });
        else await this.guests.change(visit, { ...member, version }, typed);
        return this.back(web, token, link, proposed ? 'proposed' : 'saved');
      },
      again: (form) => this.page.member(web, { token, visit, confirmed: isConfirmed(visit) }, id, form),
    });
  }

  @Post(':token/members/:member/place')
  @ByToken('delegation')
  async move(
    @Web() web: WebContext,
    @Param('token') token: string,
    @Param('member') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const { link, visit } = await this.door.open(token);
    await this.delegations.member(visit, id);
    return web.form(moveForm, body, {
      done: async ({ seen, place, to }) => {
        const target = to ?? place ?? seen;
        const proposed = isConfirmed(visit);
        if (proposed) await this.proposals.propose(visit, 'move', { memberId: id, place: target });
        else await this.delegations.move(visit, id, { seen, place: target });
        return this.back(web, token, link, proposed ? 'proposed' : 'moved');
      },
      again: (form) => this.page.list(web, { token, link, visit }, form),
    });
  }

  @Post(':token/members/:member/removal')
  @ByToken('delegation')
  async remove(
    @Web() web: WebContext,
    @Param('token') token: string,
    @Param('member') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const { link, visit } = await this.door.open(token);
    await this.delegations.member(visit, id);
    return web.form(emptyForm, body, {
      done: async () => {
        const proposed = isConfirmed(visit);
        if (proposed) await this.proposals.propose(visit, 'remove', { memberId: id });
        else await this.delegations.remove(visit, id);
        return this.back(web, token, link, proposed ? 'proposed' : 'removed');
      },
      again: (form) => this.page.list(web, { token, link, visit }, form),
    });
  }

  @Post(':token/done')
  @ByToken('delegation')
  async done(@Web() web: WebContext, @Param('token') token: string, @Body() body: unknown): Promise<string> {
    const { link, visit } = await this.door.open(token);
    return web.form(emptyForm, body, {
      done: async () => {
        await this.links.done(visit, link);
        return web.redirect(`/${web.locale}/delegation/${token}`, { key: 'delegation.guest.done.done' });
      },
      again: (form) => this.page.list(web, { token, link, visit }, form),
    });
  }

  private async back(web: WebContext, token: string, link: VisitLink, done: string): Promise<string> {
    await this.links.undone(link);
    return web.redirect(`/${web.locale}/delegation/${token}`, { key: `delegation.guest.done.${done}` });
  }
}

/** From here on the guest side asks, and the officer decides. */
function isConfirmed(visit: Visit): boolean {
  return hasReached(visit, 'composition_confirmed');
}

type Typed = Omit<z.output<typeof guestMemberForm>, 'told'>;

/** What is kept of a form, in the language of its page. */
function typedBy(input: Typed, locale: Locale): GuestMember {
  const { given, family, mononym, role, position, plate, citizenship, passportType } = input;
  const { inPerson, smoker, emergencyContact, diet, allergy, access, forget } = input;
  return {
    given,
    family,
    mononym,
    role,
    position,
    locale,
    plate,
    citizenship,
    passportType,
    inPerson,
    smoker,
    emergencyContact,
    needs: { diet, allergy, access },
    forget,
  };
}
