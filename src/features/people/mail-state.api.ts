import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '../../platform/web/openapi-notes.js';
import type { z } from 'zod';
import { Suppressions } from '../../platform/mail/suppressions.js';
import { Answers } from '../../platform/web/api.js';
import { Staff } from '../../platform/web/policy.js';
import { mailStateOut, resumedMailForm } from './people.schemas.js';
import { People } from './people.service.js';
import type { Person } from './person.entity.js';

/** What is known of the address of a person: whether mail arrives there, and is still sent. */
@ApiTags('people')
@Controller('api/v1/people/:id')
export class MailStateApi {
  constructor(
    private readonly people: People,
    private readonly suppressions: Suppressions,
  ) {}

  @Get('mail-state')
  @Staff('person', 'read', 'any')
  @Answers(mailStateOut)
  async state(@Param('id') id: string): Promise<object> {
    return this.stateOf(await this.people.byPublicId(id));
  }

  /** Sends mail again where it was stopped. 409 where it was not. */
  @Post('resumed-mail')
  @HttpCode(200)
  @Staff('person', 'write', 'any')
  @Answers(mailStateOut)
  async resume(
    @Param('id') id: string,
    @Body({ schema: resumedMailForm }) { reason }: z.output<typeof resumedMailForm>,
  ): Promise<object> {
    const person = await this.people.byPublicId(id);
    await this.suppressions.lift(person.email ?? '', person.id, reason);
    return this.stateOf(person);
  }

  private async stateOf({ email }: Person): Promise<object> {
    const state = email === null ? undefined : (await this.suppressions.of([email])).get(email.toLowerCase());
    const { suppressed = null, status = null, strikes = 0, at = null } = state ?? {};
    return { stopped: suppressed, status, failures: strikes, since: at };
  }
}
