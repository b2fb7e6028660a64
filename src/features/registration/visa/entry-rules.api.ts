import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Answers, behind, etagOf, listQuery, pageOf, versionFrom } from '../../../platform/web/api.js';
import { ApiTags } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import type { EntryRuleRow } from './entry-rule.entity.js';
import { EntryRules } from './entry-rules.service.js';
import { ruleInput, ruleListOut, ruleOut, ruleParams, type RuleInput } from './visa.schemas.js';

/** Who needs a visa, for programs that keep the table. */
@ApiTags('visa')
@Controller('api/v1/visa-rules')
export class EntryRulesApi {
  constructor(private readonly rules: EntryRules) {}

  @Get()
  @Staff('entry', 'read', 'any')
  @Answers(ruleListOut)
  async list(@Query({ schema: listQuery }) { limit, after }: z.output<typeof listQuery>): Promise<object> {
    return pageOf(
      behind(await this.rules.list(), after, ({ id }) => id),
      limit,
      ({ id }) => id,
    );
  }

  @Get(':rule')
  @Staff('entry', 'read', 'any')
  @Answers(ruleOut)
  async one(
    @Param({ schema: ruleParams }) { rule }: z.output<typeof ruleParams>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return tagged(reply, await this.rules.byId(rule));
  }

  @Post()
  @Staff('entry', 'write', 'any')
  @Answers(ruleOut, { status: 201 })
  async add(
    @Body({ schema: ruleInput }) input: RuleInput,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    return tagged(reply, await this.rules.add(input));
  }

  /** Fills an empty table with proposed rules, unconfirmed. 409 when it is not empty. */
  @Post('proposal')
  @HttpCode(200)
  @Staff('entry', 'write', 'any')
  @Answers(ruleListOut)
  async propose(): Promise<object> {
    return { items: await this.rules.propose(), next: null };
  }

  @Put(':rule')
  @Staff('entry', 'write', 'any')
  @Answers(ruleOut)
  async save(
    @Param({ schema: ruleParams }) { rule }: z.output<typeof ruleParams>,
    @Body({ schema: ruleInput }) input: RuleInput,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object> {
    const { id } = await this.rules.byId(rule);
    return tagged(reply, await this.rules.edit({ id, version: versionFrom(request) }, input));
  }

  @Delete(':rule')
  @HttpCode(204)
  @Staff('entry', 'write', 'any')
  async remove(@Param({ schema: ruleParams }) { rule }: z.output<typeof ruleParams>): Promise<void> {
    await this.rules.remove(rule);
  }
}

function tagged(reply: FastifyReply, rule: EntryRuleRow): EntryRuleRow {
  void reply.header('etag', etagOf(rule.version));
  return rule;
}
