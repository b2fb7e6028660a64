import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Answers, behind, etagOf, pageOf, versionFrom } from '../../../platform/web/api.js';
import { ApiTags } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { WaveCandidates, type JudgedPerson } from './wave-candidates.queries.js';
import { checkEarlier } from './wave-frame.js';
import { WaveGuests } from './wave-guests.service.js';
import { countsOf } from './wave-letter.rules.js';
import { WaveLetters } from './wave-letters.service.js';
import { WaveProgress } from './wave-progress.queries.js';
import type { InvitationWave } from './wave.entity.js';
import {
  addedOut,
  addListInput,
  addPeopleInput,
  candidatesOut,
  countInput,
  guestsOut,
  mutedInput,
  orderInput,
  peopleQuery,
  readListInput,
  readListOut,
  remindersInput,
  waveInput,
  waveLetterInput,
  waveList,
  waveListQuery,
  waveOut,
  wavePreviewOut,
  type PeopleQuery,
} from './wave.schemas.js';
import { Waves } from './waves.service.js';
import { WaveSending } from './wave-sending.service.js';

type Given<S extends z.ZodType> = z.output<S>;

/** Waves for programs, with the rules and rights of the organizers' pages. */
@ApiTags('invitations')
@Controller('api/v1/conferences/:conf/invitation-waves')
export class WavesApi {
  constructor(
    private readonly waves: Waves,
    private readonly guests: WaveGuests,
    private readonly candidates: WaveCandidates,
    private readonly letters: WaveLetters,
    private readonly progress: WaveProgress,
    private readonly sending: WaveSending,
  ) {}

  @Get()
  @Staff('invitation', 'read')
  @Answers(waveList)
  async list(
    @Web() web: WebContext,
    @Query({ schema: waveListQuery }) { limit, after }: Given<typeof waveListQuery>,
  ): Promise<object> {
    const all = behind(await this.waves.all(web.conference.id), after, ({ id }) => id);
    return pageOf(all.map(shown), limit, ({ id }) => id);
  }

  @Post()
  @Staff('invitation', 'write')
  @Answers(waveOut, { status: 201 })
  async add(
    @Web() web: WebContext,
    @Body({ schema: waveInput }) { session, ...terms }: Given<typeof waveInput>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return tagged(reply, await this.waves.add(web.conference.id, { ...terms, sessionId: session }));
  }

  @Get(':wave')
  @Staff('invitation', 'read')
  @Answers(waveOut)
  async one(
    @Web() web: WebContext,
    @Param('wave') id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return tagged(reply, await this.waves.one(web.conference.id, id));
  }

  @Put(':wave')
  @Staff('invitation', 'write')
  @Answers(waveOut)
  async edit(
    @Web() web: WebContext,
    @Param('wave') id: string,
    @Body({ schema: waveInput }) { session, ...terms }: Given<typeof waveInput>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const { id: known } = await this.waves.one(web.conference.id, id);
    const read = { id: known, version: versionFrom(request) };
    return tagged(reply, await this.waves.edit(web.conference.id, read, { ...terms, sessionId: session }));
  }

  @Delete(':wave')
  @HttpCode(204)
  @Staff('invitation', 'write')
  async remove(@Web() web: WebContext, @Param('wave') id: string, @Req() request: FastifyRequest): Promise<void> {
    await this.waves.remove(web.conference.id, await this.read(web, id, request));
  }

  /** The letter, with fields such as `{{name}}`; one that is not known is refused beside its language. */
  @Put(':wave/letter')
  @Staff('invitation', 'write')
  @Answers(waveOut)
  async write(
    @Web() web: WebContext,
    @Param('wave') id: string,
    @Body({ schema: waveLetterInput }) text: Given<typeof waveLetterInput>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return tagged(reply, await this.waves.write(web.conference.id, await this.read(web, id, request), text));
  }

  /** When those are reminded who have not answered; also while the wave is on its way. */
  @Patch(':wave/reminders')
  @Staff('invitation', 'write')
  @Answers(waveOut)
  async remind(
    @Web() web: WebContext,
    @Param('wave') id: string,
    @Body({ schema: remindersInput }) terms: Given<typeof remindersInput>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return tagged(reply, await this.waves.setReminders(web.conference.id, await this.read(web, id, request), terms));
  }

  /** Whom the filters find, each with what keeps them out of the wave. */
  @Get(':wave/candidates')
  @Staff('invitation', 'write')
  @Answers(candidatesOut)
  async found(
    @Web() web: WebContext,
    @Param('wave') id: string,
    @Query({ schema: peopleQuery }) query: PeopleQuery,
  ): Promise<object> {
    checkEarlier(web, query);
    const wave = await this.waves.one(web.conference.id, id);
    if (query.source !== 'partners') {
      const { people, more } = await this.candidates.people(query);
      return { people: (await this.candidates.judged(wave, people, () => 'people')).map(judged), silent: [], more };
    }
    const { kind, country, contacts } = query;
    const { people, silent } = await this.candidates.partners({ kind, country, everybody: contacts === 'all' });
    return {
      people: (await this.candidates.judged(wave, people, () => 'partners')).map(judged),
      silent: silent.map(({ publicId }) => publicId),
      more: false,
    };
  }

  /** Everybody in the wave, in order, with what became of their letter. */
  @Get(':wave/people')
  @Staff('invitation', 'read')
  @Answers(guestsOut)
  async people(@Web() web: WebContext, @Param('wave') id: string): Promise<object> {
    const wave = await this.waves.one(web.conference.id, id);
    const sent = new Map((await this.progress.of(wave, web.conference.zone)).map((one) => [one.guest.id, one]));
    const guests = await this.guests.of(wave.id);
    return {
      items: guests.map(({ id: guest, person, place, level, source, muted, reminded }) => {
        const one = sent.get(guest);
        return {
          person: person.publicId,
          place,
          level,
          source,
          muted,
          reminded,
          invitation: one?.invitation.id ?? null,
          state: one?.invitation.state ?? null,
          letter: one?.mail?.state ?? null,
          nextReminder: one?.nextReminder ?? null,
        };
      }),
    };
  }

  /** Adds those whom nothing keeps out, each at the place of their level. */
  @Post(':wave/people')
  @HttpCode(200)
  @Staff('invitation', 'write')
  @Answers(addedOut)
  async join(
    @Web() web: WebContext,
    @Param('wave') id: string,
    @Body({ schema: addPeopleInput }) { source, people }: Given<typeof addPeopleInput>,
    @Req() request: FastifyRequest,
  ): Promise<object> {
    return { count: await this.guests.add(web.conference.id, await this.read(web, id, request), source, people) };
  }

  @Delete(':wave/people/:person')
  @HttpCode(204)
  @Staff('invitation', 'write')
  async takeOut(
    @Web() web: WebContext,
    @Param('wave') id: string,
    @Param('person') person: string,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await this.guests.remove(web.conference.id, await this.read(web, id, request), [person]);
  }

  /** Whether the rule of the wave reminds somebody. */
  @Put(':wave/people/:person/muted')
  @HttpCode(204)
  @Staff('invitation', 'write')
  async mute(
    @Web() web: WebContext,
    @Param('wave') id: string,
    @Param('person') person: string,
    @Body({ schema: mutedInput }) { muted }: Given<typeof mutedInput>,
  ): Promise<void> {
    await this.guests.mute(await this.waves.one(web.conference.id, id), person, muted);
  }

  /** What a list of names and addresses would come to; `count` is to be confirmed. */
  @Post(':wave/list')
  @HttpCode(200)
  @Staff('invitation', 'write')
  @Answers(readListOut)
  async readList(
    @Web() web: WebContext,
    @Param('wave') id: string,
    @Body({ schema: readListInput }) { text }: Given<typeof readListInput>,
  ): Promise<object> {
    const list = await this.guests.readList(await this.waves.one(web.conference.id, id), text);
    return {
      ...list,
      count: list.known.filter(({ why }) => why === null).length + list.fresh.length,
      known: list.known.map(judged),
      fresh: list.fresh.map(({ line, name, email }) => ({ line, ...name, email })),
    };
  }

  /** Adds those of a list; 409 with `current.count` when they are not as many as was seen. */
  @Post(':wave/listed-people')
  @HttpCode(200)
  @Staff('invitation', 'write')
  @Answers(addedOut)
  async addList(
    @Web() web: WebContext,
    @Param('wave') id: string,
    @Body({ schema: addListInput }) order: Given<typeof addListInput>,
    @Req() request: FastifyRequest,
  ): Promise<object> {
    return { count: await this.guests.addList(web.conference.id, await this.read(web, id, request), order) };
  }

  /** All by protocol, or levels and places by public id; who is given a place stands there afterwards. */
  @Put(':wave/places')
  @HttpCode(204)
  @Staff('invitation', 'write')
  async order(
    @Web() web: WebContext,
    @Param('wave') id: string,
    @Body({ schema: orderInput }) { protocol, levels = {}, places = {} }: Given<typeof orderInput>,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    const order = protocol ? { kind: 'protocol' as const } : { kind: 'typed' as const, levels, places };
    await this.guests.reorder(web.conference.id, await this.read(web, id, request), order);
  }

  /** The letters as they would be made now, in their order; none is made while one lacks something. */
  @Get(':wave/preview')
  @Staff('invitation', 'write')
  @Answers(wavePreviewOut)
  async preview(@Web() web: WebContext, @Param('wave') id: string): Promise<object> {
    const { letters, lacking, leftOut } = await this.letters.preview(await this.waves.one(web.conference.id, id));
    return {
      count: letters.length,
      lacking: lacking.map(({ recipient, missing }) => ({ person: recipient.publicId, missing })),
      leftOut: leftOut.map(judged),
      letters: letters.map(({ recipient, locale, subject, body }) => ({
        person: recipient.publicId,
        locale,
        subject,
        body,
      })),
      ...countsOf([...lacking, ...letters]),
    };
  }

  /** Makes invitations and letters, when they are as many as was seen; else 409 with `current.count`. */
  @Post(':wave/sending')
  @HttpCode(200)
  @Staff('invitation', 'write')
  @Answers(waveOut)
  async queue(
    @Web() web: WebContext,
    @Param('wave') id: string,
    @Body({ schema: countInput }) { count }: Given<typeof countInput>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return tagged(reply, await this.sending.queue(web.conference.id, await this.read(web, id, request), count));
  }

  @Post(':wave/pause')
  @HttpCode(200)
  @Staff('invitation', 'write')
  @Answers(waveOut)
  async pause(
    @Web() web: WebContext,
    @Param('wave') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return tagged(reply, await this.sending.pause(web.conference.id, await this.read(web, id, request)));
  }

  @Post(':wave/resumption')
  @HttpCode(200)
  @Staff('invitation', 'write')
  @Answers(waveOut)
  async resume(
    @Web() web: WebContext,
    @Param('wave') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return tagged(reply, await this.sending.resume(web.conference.id, await this.read(web, id, request)));
  }

  /** Takes back what has not left. */
  @Post(':wave/stop')
  @HttpCode(200)
  @Staff('invitation', 'write')
  @Answers(waveOut)
  async stop(
    @Web() web: WebContext,
    @Param('wave') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return tagged(reply, await this.sending.stop(web.conference.id, await this.read(web, id, request)));
  }

  /** Withdraws all that can be, when they are as many as was seen; else 409 with `current.count`. */
  @Post(':wave/withdrawal')
  @HttpCode(200)
  @Staff('invitation', 'write')
  @Answers(waveOut)
  async withdraw(
    @Web() web: WebContext,
    @Param('wave') id: string,
    @Body({ schema: countInput }) { count }: Given<typeof countInput>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return tagged(reply, await this.sending.withdraw(web.conference.id, await this.read(web, id, request), count));
  }

  /** Of this conference only, before anything is said about versions. */
  private async read(web: WebContext, id: string, request: FastifyRequest) {
    return { id: (await this.waves.one(web.conference.id, id)).id, version: versionFrom(request) };
  }
}

function shown({ sessionId, ...wave }: InvitationWave) {
  return { ...wave, session: sessionId };
}

function tagged(reply: FastifyReply, wave: InvitationWave): object {
  void reply.header('etag', etagOf(wave.version)).header('cache-control', 'private, no-store');
  return shown(wave);
}

function judged({ person, why }: JudgedPerson) {
  return { person: person.publicId, why };
}
