import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { Answers, behind, etagOf, pageOf, versionFrom } from '../../../platform/web/api.js';
import { Attempts } from '../../../platform/web/attempts.js';
import { reading } from '../../../platform/web/file-problems.js';
import { ApiConsumes, ApiTags } from '../../../platform/web/openapi-notes.js';
import { Staff } from '../../../platform/web/policy.js';
import { Upload, uploadedFile } from '../../../platform/web/uploads.js';
import { Web, WebContext } from '../../../platform/web/web-context.js';
import { Countries, type KnownCountry } from './countries.service.js';
import { countriesApiQuery, countryInput, countryList, countryOut, flagInput } from './country.schemas.js';
import { readFlag } from './flag-file.js';

/** Countries as the house prints them, for programs. The version of one that nobody has said anything of is 0. */
@ApiTags('people')
@Controller('api/v1/countries')
export class CountriesApi {
  constructor(
    private readonly countries: Countries,
    private readonly attempts: Attempts,
  ) {}

  /** In the alphabet of the request's language. */
  @Get()
  @Staff('country', 'read', 'any')
  @Answers(countryList)
  async list(
    @Web() web: WebContext,
    @Query({ schema: countriesApiQuery }) { limit, after }: z.output<typeof countriesApiQuery>,
  ) {
    const cursor = ({ code }: KnownCountry) => code;
    return pageOf(behind(await this.countries.all(web.locale), after, cursor), limit, cursor);
  }

  @Get(':code')
  @Staff('country', 'read', 'any')
  @Answers(countryOut)
  async one(@Param('code') code: string, @Res({ passthrough: true }) reply: FastifyReply) {
    return tagged(reply, await this.countries.one(code));
  }

  @Put(':code')
  @Staff('country', 'write', 'any')
  @Answers(countryOut)
  async save(
    @Param('code') code: string,
    @Body({ schema: countryInput }) fields: z.output<typeof countryInput>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return tagged(reply, await this.countries.save(code, { version: versionFrom(request) }, fields));
  }

  /** An SVG drawing of shapes alone. */
  @Post(':code/flag')
  @HttpCode(200)
  @Upload()
  @Staff('country', 'write', 'any')
  @ApiConsumes('multipart/form-data')
  @Answers(countryOut)
  async saveFlag(
    @Web() web: WebContext,
    @Param('code') code: string,
    @Body({ schema: flagInput }) _form: z.output<typeof flagInput>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const version = versionFrom(request);
    await this.attempts.count('upload', web.viewer.id);
    const { bytes } = uploadedFile(request);
    const flag = await reading(() => Promise.resolve(bytes).then(readFlag));
    return tagged(reply, await this.countries.saveFlag(code, { version }, flag));
  }

  @Delete(':code/flag')
  @HttpCode(204)
  @Staff('country', 'write', 'any')
  async removeFlag(@Param('code') code: string, @Req() request: FastifyRequest): Promise<void> {
    await this.countries.saveFlag(code, { version: versionFrom(request) }, null);
  }
}

function tagged(reply: FastifyReply, country: KnownCountry): KnownCountry {
  void reply.header('etag', etagOf(country.version));
  return country;
}
