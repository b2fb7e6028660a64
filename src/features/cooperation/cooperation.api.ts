import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '../../platform/web/openapi-notes.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { InvalidInput } from '../../kernel/errors.js';
import { Answers, etagOf, pageOf, versionFrom } from '../../platform/web/api.js';
import { Staff } from '../../platform/web/policy.js';
import { covers } from '../../platform/web/viewer.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { People } from '../people/index.js';
import { Agreements } from './agreements.service.js';
import { CooperationQueries } from './cooperation.queries.js';
import {
  agreementInput,
  contactForm,
  institutionCardOut,
  institutionChanges,
  institutionList,
  institutionQuery,
  newAgreementForm,
  newInstitutionForm,
} from './cooperation.schemas.js';
import { InstitutionContacts } from './institution-contacts.service.js';
import type { Institution } from './institution.entity.js';
import { Institutions } from './institutions.service.js';

type AgreementInput = z.output<typeof agreementInput>;

/** Institutions for programs, with the rules and rights of the pages. Every change answers the whole card. */
@ApiTags('institutions')
@Controller('api/v1/institutions')
export class CooperationApi {
  constructor(
    private readonly people: People,
    private readonly institutions: Institutions,
    private readonly agreements: Agreements,
    private readonly contacts: InstitutionContacts,
    private readonly queries: CooperationQueries,
  ) {}

  /** Every word of `q` is found in one of the names or the city, in any script. */
  @Get()
  @Staff('institution', 'read', 'any')
  @Answers(institutionList)
  async list(
    @Web() web: WebContext,
    @Query({ schema: institutionQuery }) { limit, after, ...filter }: z.output<typeof institutionQuery>,
  ): Promise<object> {
    const mayAgree = covers(web.viewer.level('agreement', null), 'read');
    if (filter.partners && !mayAgree) throw InvalidInput.at('partners', 'error.unknown');
    const { items, next } = pageOf(
      await this.queries.list(filter, { limit, after }),
      limit,
      ({ institution }) => institution.publicId,
    );
    return {
      items: items.map(({ institution, partner }) => ({ ...outside(institution), partner: mayAgree && partner })),
      next,
    };
  }

  @Get(':institution')
  @Staff('institution', 'read', 'any')
  @Answers(institutionCardOut)
  async one(
    @Web() web: WebContext,
    @Param('institution') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return this.card(web, await this.institutions.byPublicId(id), reply);
  }

  @Post()
  @Staff('institution', 'write', 'any')
  @Answers(institutionCardOut, { status: 201 })
  async add(
    @Web() web: WebContext,
    @Body({ schema: newInstitutionForm }) input: z.output<typeof newInstitutionForm>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return this.card(web, await this.institutions.add(input), reply);
  }

  @Patch(':institution')
  @Staff('institution', 'write', 'any')
  @Answers(institutionCardOut)
  async edit(
    @Web() web: WebContext,
    @Param('institution') id: string,
    @Body({ schema: institutionChanges }) changes: z.output<typeof institutionChanges>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const version = versionFrom(request);
    const before = await this.institutions.byPublicId(id);
    const { name, originalName } = { ...before, ...changes };
    if (Object.keys(name).length === 0 && !originalName) throw InvalidInput.at('name', 'error.cooperation.name');
    return this.card(web, await this.institutions.edit({ id: before.id, version }, changes), reply);
  }

  @Post(':institution/agreements')
  @Staff('agreement', 'write', 'any')
  @Answers(institutionCardOut, { status: 201 })
  async addAgreement(
    @Web() web: WebContext,
    @Param('institution') id: string,
    @Body({ schema: newAgreementForm }) fields: AgreementInput,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const institution = await this.institutions.byPublicId(id);
    await this.agreements.add(institution.id, fields);
    return this.card(web, institution, reply);
  }

  /** `If-Match` names the version of the agreement. */
  @Put(':institution/agreements/:agreement')
  @Staff('agreement', 'write', 'any')
  @Answers(institutionCardOut)
  async saveAgreement(
    @Web() web: WebContext,
    @Param('institution') id: string,
    @Param('agreement') agreement: string,
    @Body({ schema: agreementInput }) fields: AgreementInput,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const version = versionFrom(request);
    const institution = await this.institutions.byPublicId(id);
    await this.agreements.edit(institution.id, { id: agreement, version }, fields);
    return this.card(web, institution, reply);
  }

  @Delete(':institution/agreements/:agreement')
  @HttpCode(204)
  @Staff('agreement', 'write', 'any')
  async removeAgreement(
    @Param('institution') id: string,
    @Param('agreement') agreement: string,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const version = versionFrom(request);
    const institution = await this.institutions.byPublicId(id);
    await this.agreements.remove(institution.id, { id: agreement, version });
  }

  /** Names somebody, or gives them another role; the same again changes nothing. */
  @Post(':institution/contacts')
  @HttpCode(200)
  @Staff('institution', 'write', 'any')
  @Answers(institutionCardOut)
  async nameContact(
    @Web() web: WebContext,
    @Param('institution') id: string,
    @Body({ schema: contactForm }) { person, role }: z.output<typeof contactForm>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const institution = await this.institutions.byPublicId(id);
    await this.contacts.name(institution.id, (await this.people.byPublicId(person)).id, role);
    return this.card(web, institution, reply);
  }

  @Delete(':institution/contacts/:contact')
  @HttpCode(204)
  @Staff('institution', 'write', 'any')
  async removeContact(@Param('institution') id: string, @Param('contact') contact: string): Promise<void> {
    await this.contacts.remove((await this.institutions.byPublicId(id)).id, contact);
  }

  private async card(web: WebContext, institution: Institution, reply: FastifyReply): Promise<object> {
    void reply.header('etag', etagOf(institution.version)).header('cache-control', 'private, no-store');
    const mayAgree = covers(web.viewer.level('agreement', null), 'read');
    const [known] = await this.queries.known([institution]);
    const contacts = await this.contacts.of([institution.id]);
    return {
      ...outside(institution),
      partner: mayAgree && known!.partner,
      ...(mayAgree ? { agreements: await this.agreements.of([institution.id]) } : {}),
      contacts: contacts.map(({ id, role, person }) => ({ id, role, person: person.publicId })),
    };
  }
}

/** The row id stays inside. */
function outside(institution: Institution) {
  return { ...institution, id: institution.publicId };
}
