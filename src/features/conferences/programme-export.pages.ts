import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '../../platform/web/openapi-notes.js';
import type { FastifyReply } from 'fastify';
import { NotFound } from '../../kernel/errors.js';
import { DEFAULT_LOCALE, isLocale, type Locale } from '../../kernel/locale.js';
import type { Config } from '../../platform/config/config.js';
import { CONFIG } from '../../platform/config/config.module.js';
import { Translator } from '../../platform/i18n/translator.js';
import { Anyone } from '../../platform/web/policy.js';
import { PublishedAnswers } from '../../platform/web/published-answers.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import {
  ReleasedProgrammes,
  SCHEDULE_XML_TYPE,
  ScheduleExport,
  scheduleJson,
  writeScheduleXml,
  type ReleasedProgramme,
} from '../programme/index.js';
import { PublicConferences, type ShownConference } from './public-conferences.queries.js';
import { JSON_LD_TYPE, programmeData } from './structured-data.js';

/** Programs of others may read these from anywhere. */
const OPEN = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' };

interface Shown {
  readonly conference: ShownConference;
  readonly programme: ReleasedProgramme;
  readonly locale: Locale;
  /** Where this very file lies. */
  readonly url: string;
}

/** The released programme for other programs: conference apps, info screens, recording crews, search engines. */
@ApiExcludeController()
@Controller('c')
export class ProgrammeExport {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly conferences: PublicConferences,
    private readonly programmes: ReleasedProgrammes,
    private readonly schedules: ScheduleExport,
    private readonly translator: Translator,
    private readonly published: PublishedAnswers,
  ) {}

  /** schedule.json of the frab and c3voc family. */
  @Get(':conf/programme.json')
  @Anyone()
  json(@Web() web: WebContext, @Param('conf') slug: string, @Query('lang') lang: unknown, @Res() reply: FastifyReply) {
    return this.answer(web, reply, slug, lang, {
      name: 'programme.json',
      type: 'application/json; charset=utf-8',
      write: async (shown) => JSON.stringify(scheduleJson(await this.schedule(shown))),
    });
  }

  /** schedule.xml of the frab and c3voc family. */
  @Get(':conf/programme.xml')
  @Anyone()
  xml(@Web() web: WebContext, @Param('conf') slug: string, @Query('lang') lang: unknown, @Res() reply: FastifyReply) {
    return this.answer(web, reply, slug, lang, {
      name: 'programme.xml',
      type: SCHEDULE_XML_TYPE,
      write: async (shown) => writeScheduleXml(await this.schedule(shown)),
    });
  }

  /** The conference and its sessions as schema.org events. */
  @Get(':conf/programme.jsonld')
  @Anyone()
  jsonLd(
    @Web() web: WebContext,
    @Param('conf') slug: string,
    @Query('lang') lang: unknown,
    @Res() reply: FastifyReply,
  ) {
    return this.answer(web, reply, slug, lang, {
      name: 'programme.jsonld',
      type: JSON_LD_TYPE,
      write: ({ conference, programme, locale }) => {
        const words = { locale, t: (key: string, params = {}) => this.translator.t(locale, key, params) };
        const { publicUrl } = this.config;
        return Promise.resolve(JSON.stringify(programmeData({ words, publicUrl, conference }, programme)));
      },
    });
  }

  private schedule({ conference, programme, locale, url }: Shown) {
    return this.schedules.of(programme, conference, { locale, publicUrl: this.config.publicUrl, url });
  }

  private async answer(
    web: WebContext,
    reply: FastifyReply,
    slug: string,
    lang: unknown,
    file: { name: string; type: string; write: (shown: Shown) => Promise<string> },
  ): Promise<void> {
    const conference = await this.conferences.bySlug(slug);
    const programme = await this.programmes.ofOwner(conference.id);
    if (!programme) throw new NotFound();
    const locale = isLocale(lang) ? lang : DEFAULT_LOCALE;
    const address = `/c/${conference.slug}/${file.name}${isLocale(lang) ? `?lang=${locale}` : ''}`;
    const url = this.config.publicUrl + address;
    await this.published.answer(web.request, reply, { scope: conference.id, address }, async () => ({
      body: await file.write({ conference, programme, locale, url }),
      contentType: file.type,
      lastModified: programme.release.publishedAt,
      headers: OPEN,
    }));
  }
}
