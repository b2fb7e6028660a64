import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Forbidden } from '../../../kernel/errors.js';
import { Answers, etagOf, versionFrom } from '../../../platform/web/api.js';
import { ApiTags } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { People } from '../../people/index.js';
import type { Visit } from '../visit.entity.js';
import { Visits } from '../visits.service.js';
import { countOf, findingsOf, shownMember } from './delegation-page.js';
import { given, MemberNeeds } from './member-needs.service.js';
import {
  delegationOut,
  memberChanges,
  memberOut,
  moveInput,
  needsInput,
  needsOut,
  newMemberInput,
} from './member.schemas.js';
import { Delegations, type MemberOfDelegation } from './members.service.js';

/** The people of a visit, for programs. */
@ApiTags('visits')
@Controller('api/v1/visits/:ref/members')
export class DelegationApi {
  constructor(
    private readonly visits: Visits,
    private readonly delegations: Delegations,
    private readonly needs: MemberNeeds,
    private readonly people: People,
  ) {}

  /** In the order of precedence, with what protocol would notice, and how many have protected needs. */
  @Get()
  @Staff('visit', 'count', 'any')
  @Answers(delegationOut)
  async list(@Web() web: WebContext, @Param('ref') ref: string) {
    const visit = await this.visits.open(web.viewer, ref);
    const members = await this.delegations.of(visit.id);
    return {
      items: members.map(shownMember),
      needs: {
        diet: countOf(members, 'diet'),
        allergy: countOf(members, 'allergy'),
        access: countOf(members, 'access'),
      },
      findings: findingsOf(visit, members),
    };
  }

  @Post()
  @Staff('visit', 'count', 'any')
  @Answers(memberOut, { status: 201 })
  async add(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Body({ schema: newMemberInput }) input: z.output<typeof newMemberInput>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const visit = await this.writable(web, ref);
    const id = await web.onceFor(input, async () => {
      const { member } = await this.delegations.add(visit, await this.newMember(web, input));
      return member.id;
    });
    return tagged(await this.one(visit, id), reply);
  }

  @Get(':member')
  @Staff('visit', 'count', 'any')
  @Answers(memberOut)
  async get(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('member') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return tagged(await this.one(await this.writable(web, ref), id), reply);
  }

  @Patch(':member')
  @Staff('visit', 'count', 'any')
  @Answers(memberOut)
  async edit(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('member') id: string,
    @Body({ schema: memberChanges }) changes: z.output<typeof memberChanges>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const visit = await this.writable(web, ref);
    await this.delegations.member(visit, id);
    await this.delegations.edit(visit, { id, version: versionFrom(request) }, changes);
    return tagged(await this.one(visit, id), reply);
  }

  @Delete(':member')
  @HttpCode(204)
  @Staff('visit', 'count', 'any')
  async remove(@Web() web: WebContext, @Param('ref') ref: string, @Param('member') id: string): Promise<void> {
    await this.delegations.remove(await this.writable(web, ref), id);
  }

  /** 409 when the member stands elsewhere than the caller saw. */
  @Put(':member/place')
  @HttpCode(204)
  @Staff('visit', 'count', 'any')
  async move(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('member') id: string,
    @Body({ schema: moveInput }) move: z.output<typeof moveInput>,
  ): Promise<void> {
    await this.delegations.move(await this.writable(web, ref), id, move);
  }

  @Post(':member/verification')
  @Staff('visit', 'count', 'any')
  @Answers(memberOut, { status: 201 })
  async verify(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('member') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const visit = await this.writable(web, ref);
    await this.delegations.verify(visit, { id, version: versionFrom(request) });
    return tagged(await this.one(visit, id), reply);
  }

  /** Opens the vault, on record. */
  @Post(':member/needs/readings')
  @Staff('visit', 'count', 'any')
  @Answers(needsOut, { status: 201 })
  async read(@Web() web: WebContext, @Param('ref') ref: string, @Param('member') id: string) {
    const visit = await this.writable(web, ref);
    return this.needs.read(visit, await this.delegations.member(visit, id));
  }

  /** What is left out stays; null empties. */
  @Patch(':member/needs')
  @HttpCode(204)
  @Staff('visit', 'count', 'any')
  async saveNeeds(
    @Web() web: WebContext,
    @Param('ref') ref: string,
    @Param('member') id: string,
    @Body({ schema: needsInput }) words: z.output<typeof needsInput>,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const visit = await this.writable(web, ref);
    const member = await this.delegations.member(visit, id);
    await this.needs.write(visit, { ...member, version: versionFrom(request) }, words);
  }

  private writable(web: WebContext, ref: string): Promise<Visit> {
    return this.visits.open(web.viewer, ref, 'write');
  }

  private async one(visit: Visit, id: string): Promise<MemberOfDelegation> {
    const member = await this.delegations.member(visit, id);
    return { member, person: (await this.people.byId(member.personId))! };
  }

  private async newMember(web: WebContext, input: z.output<typeof newMemberInput>) {
    const source = 'staff' as const;
    if ('person' in input) {
      if (!web.viewer.level('person', null)) throw new Forbidden();
      const { id, country } = await this.people.byPublicId(input.person);
      return { person: { personId: id }, role: input.role, citizenship: country, source };
    }
    const { role, citizenship, email, ...names } = input;
    const person = { ...names, email: email?.address ?? null, country: citizenship, locale: web.locale };
    return { person, role, citizenship, source };
  }
}

function tagged(one: MemberOfDelegation, reply: FastifyReply) {
  const { member, person } = one;
  void reply.header('etag', etagOf(member.version));
  return { ...member, ...shownMember(one), person: person.publicId, given: given(member) };
}
