import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import type { z } from 'zod';
import { LegalHolds } from '../../../platform/purge/legal-holds.service.js';
import { Answers } from '../../../platform/web/api.js';
import { ApiTags } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import { PurgeDesk, type ShownHold } from './purge-desk.js';
import { holdInput, holdOut, holdsOut, planOut } from './purge.schemas.js';

/** What goes by itself, and what is kept nevertheless, for programs. */
@ApiTags('privacy')
@Controller('api/v1')
export class PurgeApi {
  constructor(
    private readonly desk: PurgeDesk,
    private readonly holds: LegalHolds,
  ) {}

  /** What will be deleted within seven days: counts, never what it is. */
  @Get('purge-plan')
  @Staff('privacy', 'write', 'any')
  @Answers(planOut)
  plan(): Promise<object> {
    return this.desk.plan();
  }

  /** Those that hold today. */
  @Get('legal-holds')
  @Staff('privacy', 'write', 'any')
  @Answers(holdsOut)
  async current(): Promise<object> {
    return { items: (await this.desk.current()).map(shown) };
  }

  @Post('legal-holds')
  @Staff('privacy', 'write', 'any')
  @Answers(holdOut, { status: 201 })
  async place(@Body({ schema: holdInput }) input: z.output<typeof holdInput>): Promise<object> {
    const [placed] = await this.desk.named([await this.holds.place(input)]);
    return shown(placed!);
  }

  /** It holds no longer. The record stays. */
  @Delete('legal-holds/:hold')
  @HttpCode(204)
  @Staff('privacy', 'write', 'any')
  async lift(@Param('hold') id: string): Promise<void> {
    await this.holds.lift(id);
  }
}

function shown({ hold, subject }: ShownHold): object {
  const { id, subjectKind, reason, endsOn, createdAt } = hold;
  return { id, kind: subjectKind, subject, reason, endsOn, createdAt };
}
