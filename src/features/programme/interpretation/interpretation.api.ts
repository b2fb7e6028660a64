import { Body, Controller, Get, Post, Query, Req } from '@nestjs/common';
import { ApiTags } from '../../../platform/web/openapi-notes.js';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Answers, behind, listQuery, pageOf } from '../../../platform/web/api.js';
import { Staff } from '../../../platform/web/policy.js';
import { personName } from '../../people/index.js';
import { conferenceOf } from '../programme-api.js';
import { InterpretationDesks } from './interpretation-desk.service.js';
import { interpretedList, madeOut, proposalQuery, rosterOut, seatsInput } from './interpretation.schemas.js';
import type { AskedBooth } from './roster-question.js';
import { RosterProposals, type LackingBooth } from './roster-proposals.service.js';

/** Sessions that are interpreted, who does it, and who could. */
@ApiTags('programme')
@Controller('api/v1/conferences/:conf/interpreters')
export class InterpretationApi {
  constructor(
    private readonly desks: InterpretationDesks,
    private readonly proposals: RosterProposals,
  ) {}

  /** In the order of time; sessions without one last. */
  @Get()
  @Staff('programme', 'read')
  @Answers(interpretedList)
  async list(
    @Req() request: FastifyRequest,
    @Query({ schema: listQuery }) { limit, after }: z.output<typeof listQuery>,
  ) {
    const { days, tray } = await this.desks.ofConference(conferenceOf(request).id);
    const all = [...days.flatMap(({ sessions }) => sessions), ...tray].map(
      ({ session, size, booths, spare, findings }) => ({
        sessionId: session.id,
        title: session.title,
        startsAt: session.startsAt,
        minutes: session.minutes,
        size,
        booths,
        spare,
        findings,
      }),
    );
    return pageOf(
      behind(all, after, ({ sessionId }) => sessionId),
      limit,
      ({ sessionId }) => sessionId,
    );
  }

  /** Who could interpret where. With `some=1` only those whose public ids are in `ask` are thought of. Changes nothing. */
  @Get('proposal')
  @Staff('programme', 'write')
  @Answers(rosterOut)
  async propose(
    @Req() request: FastifyRequest,
    @Query({ schema: proposalQuery }) asked: z.output<typeof proposalQuery>,
  ) {
    const { state, seats, left, groups } = await this.proposals.propose(conferenceOf(request).id, asked);
    return {
      state,
      seats: seats.map(({ person, ...asks }) => ({ ...outside(asks), personId: person.id, name: personName(person) })),
      left: left.map(lacking),
      unserved: groups.map(({ empty, because, isMinimal }) => ({
        empty: empty.map(lacking),
        because: because.map(outside),
        isMinimal,
      })),
    };
  }

  /** Assigns people as interpreters, all or none; their state is `proposed`. 412 when something has changed meanwhile. */
  @Post('assignments')
  @Staff('programme', 'write')
  @Answers(madeOut, { status: 201 })
  async accept(@Req() request: FastifyRequest, @Body({ schema: seatsInput }) { seats }: z.output<typeof seatsInput>) {
    return { assignments: await this.proposals.accept(conferenceOf(request).id, seats) };
  }
}

function outside({ interpreted, booth }: AskedBooth) {
  return { sessionId: interpreted.session.id, into: [...booth.into], ways: [...booth.ways] };
}

function lacking({ missing, ...asks }: LackingBooth) {
  return { ...outside(asks), missing };
}
