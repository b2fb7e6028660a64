import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { z } from 'zod';
import { Forbidden } from '../../../kernel/errors.js';
import { ApiExcludeController } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { People } from '../../people/index.js';
import type { Visit } from '../visit.entity.js';
import { emptyForm } from '../visits.schemas.js';
import { Visits } from '../visits.service.js';
import { DelegationPage, roomOf } from './delegation-page.js';
import { MemberNeeds } from './member-needs.service.js';
import {
  knownMemberForm,
  memberForm,
  memberSearch,
  moveForm,
  needsForm,
  newMemberForm,
  versionForm,
} from './member.schemas.js';
import { Delegations } from './members.service.js';

/** The people of a visit: in the order of their own side, added, moved, corrected, verified, taken out. */
@ApiExcludeController()
@Controller('protocol/visits/:ref/delegation')
export class DelegationPages {
  constructor(
    private readonly visits: Visits,
    private readonly delegations: Delegations,
    private readonly needs: MemberNeeds,
    private readonly people: People,
    private readonly page: DelegationPage,
  ) {}

  @Get()
  @Staff('visit', 'count', 'any')
  async list(@Web() web: WebContext, @Param('ref') ref: string): Promise<string> {
    return this.page.list(web, await this.visits.open(web.viewer, ref), web.emptyForm());
  }

  @Get('new')
  @Staff('visit', 'count', 'any')
  async blank(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Query({ schema: memberSearch }) { q }: z.output<typeof memberSearch>,
  ): Promise<string> {
    const visit = await this.writable(web, ref);
    return this.page.blank(web, visit, q ?? null, web.emptyForm({ role: 'member', citizenship: visit.country ?? '' }));
  }

  @Post()
  @Staff('visit', 'count', 'any')
  async add(@Web() web: WebContext, @Param('ref') ref: string, @Body() body: unknown): Promise<string> {
    const visit = await this.writable(web, ref);
    return web.form(newMemberForm, body, {
      done: ({ role, citizenship, email, ...names }) =>
        web.once(body, async () => {
          const person = { ...names, email: email?.address ?? null, country: citizenship, locale: web.locale };
          const input = { person, role, citizenship, source: 'staff' as const };
          return this.added(web, visit, await this.delegations.add(visit, input));
        }),
      again: (form) => this.page.blank(web, visit, null, form),
    });
  }

  @Post('known')
  @Staff('visit', 'count', 'any')
  async addKnown(@Web() web: WebContext, @Param('ref') ref: string, @Body() body: unknown): Promise<string> {
    const visit = await this.writable(web, ref);
    if (!web.viewer.level('person', null)) throw new Forbidden();
    return web.form(knownMemberForm, body, {
      done: ({ person, role }) =>
        web.once(body, async () => {
          const { id, country } = await this.people.byPublicId(person);
          const input = { person: { personId: id }, role, citizenship: country, source: 'staff' as const };
          return this.added(web, visit, await this.delegations.add(visit, input));
        }),
      again: (form) => this.page.blank(web, visit, null, form),
    });
  }

  @Get(':member')
  @Staff('visit', 'count', 'any')
  async member(@Web() web: WebContext, @Param('ref') ref: string, @Param('member') id: string): Promise<string> {
    return this.page.member(web, await this.writable(web, ref), id, null);
  }

  @Post(':member')
  @Staff('visit', 'count', 'any')
  async save(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('member') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const visit = await this.writable(web, ref);
    await this.delegations.member(visit, id);
    return web.form(memberForm, body, {
      done: async ({ version, ...changes }) => {
        await this.delegations.edit(visit, { id, version }, changes);
        return this.back(web, visit, id, 'saved');
      },
      again: (form) => this.page.member(web, visit, id, form),
    });
  }

  @Post(':member/place')
  @Staff('visit', 'count', 'any')
  async move(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('member') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const visit = await this.writable(web, ref);
    await this.delegations.member(visit, id);
    return web.form(moveForm, body, {
      done: async ({ seen, place, to }) => {
        await this.delegations.move(visit, id, { seen, place: to ?? place ?? seen });
        return this.back(web, visit, id, 'moved');
      },
      again: (form) => this.page.list(web, visit, form),
    });
  }

  @Post(':member/removal')
  @Staff('visit', 'count', 'any')
  async remove(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('member') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const visit = await this.writable(web, ref);
    await this.delegations.member(visit, id);
    return web.form(emptyForm, body, {
      done: async () => {
        await this.delegations.remove(visit, id);
        return web.redirect(roomOf(visit), { key: 'delegation.done.removed' });
      },
      again: (form) => this.page.list(web, visit, form),
    });
  }

  @Post(':member/verification')
  @Staff('visit', 'count', 'any')
  async verify(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('member') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const visit = await this.writable(web, ref);
    await this.delegations.member(visit, id);
    return web.form(versionForm, body, {
      done: async ({ version }) => {
        await this.delegations.verify(visit, { id, version });
        return this.back(web, visit, id, 'verified');
      },
      again: (form) => this.page.list(web, visit, form),
    });
  }

  /** Opens the vault, on record; so it is a POST ([V2]). */
  @Post(':member/needs/reading')
  @Staff('visit', 'count', 'any')
  async read(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('member') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const visit = await this.writable(web, ref);
    const member = await this.delegations.member(visit, id);
    return web.form(emptyForm, body, {
      done: async () => this.page.needs(web, visit, member, { words: await this.needs.read(visit, member) }),
      again: () => this.page.member(web, visit, id, null),
    });
  }

  @Post(':member/needs')
  @Staff('visit', 'count', 'any')
  async saveNeeds(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('member') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const visit = await this.writable(web, ref);
    const member = await this.delegations.member(visit, id);
    return web.form(needsForm, body, {
      done: async ({ version, ...words }) => {
        await this.needs.write(visit, { ...member, version }, words);
        return this.back(web, visit, id, 'saved');
      },
      again: (form) => this.page.needs(web, visit, member, { form }),
    });
  }

  private writable(web: WebContext, ref: string): Promise<Visit> {
    return this.visits.open(web.viewer, ref, 'write');
  }

  private added(web: WebContext, visit: Visit, { member }: { member: { id: string } }): string {
    return web.redirect(`${roomOf(visit)}/${member.id}`, { key: 'delegation.done.added' });
  }

  private back(web: WebContext, visit: Visit, id: string, done: string): string {
    return web.redirect(`${roomOf(visit)}#member-${id}`, { key: `delegation.done.${done}` });
  }
}
