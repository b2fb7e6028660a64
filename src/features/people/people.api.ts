import { Body, Controller, Get, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '../../platform/web/openapi-notes.js';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Answers, etagOf, pageOf, versionFrom } from '../../platform/web/api.js';
import { Staff } from '../../platform/web/policy.js';
import { People } from './people.service.js';
import { newPersonInput, personChanges, personList, personOut, personQuery, searchQuery } from './people.schemas.js';
import type { Person } from './person.entity.js';

@ApiTags('people')
@Controller('api/v1/people')
export class PeopleApi {
  constructor(private readonly people: People) {}

  @Get()
  @Staff('person', 'read', 'any')
  @Answers(personList)
  list(@Query({ schema: personQuery }) { q, limit, after }: z.output<typeof personQuery>) {
    return this.page({ words: q, limit, after });
  }

  /** Every word of `q` is found in the names, the institution or the address, in any script. */
  @Get('search')
  @Staff('person', 'read', 'any')
  @Answers(personList)
  search(@Query({ schema: searchQuery }) { q, limit, after }: z.output<typeof searchQuery>) {
    return this.page({ words: q, limit, after });
  }

  @Get(':id')
  @Staff('person', 'read', 'any')
  @Answers(personOut)
  async get(@Param('id') id: string, @Res({ passthrough: true }) reply: FastifyReply) {
    return shown(await this.people.byPublicId(id), reply);
  }

  @Post()
  @Staff('person', 'write', 'any')
  @Answers(personOut, { status: 201 })
  async create(
    @Body({ schema: newPersonInput }) input: z.output<typeof newPersonInput>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return shown(await this.people.create(input), reply);
  }

  @Patch(':id')
  @Staff('person', 'write', 'any')
  @Answers(personOut)
  async edit(
    @Param('id') id: string,
    @Body({ schema: personChanges }) changes: z.output<typeof personChanges>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const version = versionFrom(request);
    const person = await this.people.byPublicId(id);
    return shown(await this.people.update({ id: person.id, version }, changes), reply);
  }

  private async page(search: { words: string | undefined; limit: number; after: string | undefined }) {
    const { items, next } = pageOf(await this.people.search(search), search.limit, (person) => person.publicId);
    return { items: items.map(outside), next };
  }
}

/** The row id stays inside. */
function outside(person: Person) {
  return { ...person, id: person.publicId };
}

function shown(person: Person, reply: FastifyReply) {
  void reply.header('etag', etagOf(person.version));
  return outside(person);
}
