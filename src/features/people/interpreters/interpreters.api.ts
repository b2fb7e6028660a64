import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '../../../platform/web/openapi-notes.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { NotFound } from '../../../kernel/errors.js';
import { Answers, behind, etagOf, pageOf, versionFrom } from '../../../platform/web/api.js';
import { Staff } from '../../../platform/web/policy.js';
import { People } from '../people.service.js';
import { personName } from '../person.rules.js';
import type { Person } from '../person.entity.js';
import type { InterpreterProfile } from './interpreter-profile.entity.js';
import { interpreterList, interpretersQuery, profileInput, profileOut } from './interpreter.schemas.js';
import { Interpreters } from './interpreters.service.js';

/** Who interprets, and from which language into which. */
@ApiTags('people')
@Controller('api/v1')
export class InterpretersApi {
  constructor(
    private readonly people: People,
    private readonly interpreters: Interpreters,
  ) {}

  @Get('interpreters')
  @Staff('person', 'read', 'any')
  @Answers(interpreterList)
  async list(@Query({ schema: interpretersQuery }) { limit, after, from, to }: z.output<typeof interpretersQuery>) {
    const all = behind(await this.interpreters.list({ from, to }), after, ({ person }) => person.publicId);
    const { items, next } = pageOf(all, limit, ({ person }) => person.publicId);
    return {
      items: items.map(({ person, profile }) => ({ ...outside(person, profile), name: personName(person) })),
      next,
    };
  }

  @Get('people/:id/interpreter-profile')
  @Staff('person', 'read', 'any')
  @Answers(profileOut)
  async get(@Param('id') id: string, @Res({ passthrough: true }) reply: FastifyReply) {
    const { person, profile } = await this.known(id);
    return shown(reply, person, profile);
  }

  @Post('people/:id/interpreter-profile')
  @Staff('person', 'write', 'any')
  @Answers(profileOut, { status: 201 })
  async create(
    @Param('id') id: string,
    @Body({ schema: profileInput }) fields: z.output<typeof profileInput>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const person = await this.people.byPublicId(id);
    return shown(reply, person, await this.interpreters.create(person.id, fields));
  }

  @Put('people/:id/interpreter-profile')
  @Staff('person', 'write', 'any')
  @Answers(profileOut)
  async change(
    @Param('id') id: string,
    @Body({ schema: profileInput }) fields: z.output<typeof profileInput>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const version = versionFrom(request);
    const { person, profile } = await this.known(id);
    return shown(reply, person, await this.interpreters.change(person.id, { id: profile.id, version }, fields));
  }

  @Delete('people/:id/interpreter-profile')
  @HttpCode(204)
  @Staff('person', 'write', 'any')
  async remove(@Param('id') id: string, @Req() request: FastifyRequest): Promise<void> {
    const version = versionFrom(request);
    const { person, profile } = await this.known(id);
    await this.interpreters.remove(person.id, { id: profile.id, version });
  }

  private async known(publicId: string): Promise<{ person: Person; profile: InterpreterProfile }> {
    const person = await this.people.byPublicId(publicId);
    const profile = await this.interpreters.ofPerson(person.id);
    if (!profile) throw new NotFound();
    return { person, profile };
  }
}

/** Row ids stay inside. */
function outside({ publicId }: Person, { directions, modes, standing, sworn, version }: InterpreterProfile) {
  return { personId: publicId, directions, modes, standing, sworn, version };
}

function shown(reply: FastifyReply, person: Person, profile: InterpreterProfile) {
  void reply.header('etag', etagOf(profile.version));
  return outside(person, profile);
}
