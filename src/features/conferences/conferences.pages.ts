import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiExcludeController } from '../../platform/web/openapi-notes.js';
import type { z } from 'zod';
import { NotFound } from '../../kernel/errors.js';
import { pickText } from '../../kernel/locale.js';
import { foldForSearch, searchWords } from '../../kernel/search-text.js';
import { localDay, toInstant } from '../../kernel/zones.js';
import { Clock } from '../../platform/runtime/clock.js';
import { typedValues, type FormView } from '../../platform/web/form.js';
import { Staff } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { Venues } from '../venues/index.js';
import type { Conference } from './conference.entity.js';
import { differingFields, phaseOf } from './conference.rules.js';
import { roomsFor } from './conference-rooms.js';
import { OverviewFigures } from './conferences.ports.js';
import { conferenceFilter, conferenceForm, newConferenceForm } from './conferences.schemas.js';
import { Conferences } from './conferences.service.js';
import { CONFERENCE_KINDS, KINDS, type ConferenceKind } from './kinds.js';
import { SeriesService } from './series.service.js';

type Filter = z.output<typeof conferenceFilter>;

/** The organizer's side of conferences: the list, a new one, the overview and the settings of one. */
@ApiExcludeController()
@Controller('org')
export class ConferencesPages {
  constructor(
    private readonly conferences: Conferences,
    private readonly series: SeriesService,
    private readonly venues: Venues,
    private readonly figures: OverviewFigures,
    private readonly clock: Clock,
  ) {}

  @Get('conferences')
  @Staff('conference', 'read', 'any')
  async list(@Web() web: WebContext, @Query({ schema: conferenceFilter }) filter: Filter): Promise<string> {
    const seen = (await this.conferences.list()).filter(({ id }) => web.viewer.level('conference', id));
    const titles = new Map(seen.map((conference) => [conference.id, conference.title]));
    const shown = seen
      .filter((conference) => fits(conference, filter, this.clock.now()))
      .map((conference) => ({ ...withDays(conference), parentTitle: titles.get(conference.parentId ?? '') ?? null }));
    return web.page(
      'pages/conferences/list',
      {
        conferences: shown,
        filter,
        kinds: CONFERENCE_KINDS,
        filtered: Object.values(filter).some((value) => value),
        mayAdd: web.viewer.level('series', null) === 'write',
      },
      { title: web.t('conferences.title'), layout: 'staff', section: 'conferences' },
    );
  }

  @Get('conferences/new')
  @Staff('series', 'write', 'any')
  blank(@Web() web: WebContext, @Query('kind') given: unknown): Promise<string> {
    const kind: ConferenceKind = CONFERENCE_KINDS.find((known) => known === given) ?? 'conference';
    return this.showNew(web, web.emptyForm({ kind, zone: 'Europe/Minsk', public: KINDS[kind].public }));
  }

  @Post('conferences')
  @Staff('series', 'write', 'any')
  create(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return web.form(newConferenceForm, body, {
      done: async (input) =>
        web.redirect(`/org/c/${(await this.conferences.create(input)).slug}`, { key: 'conferences.created' }),
      again: (form) => this.showNew(web, form),
    });
  }

  @Get('c/:conf')
  @Staff('conference', 'read')
  async overview(@Web() web: WebContext): Promise<string> {
    const conference = await this.current(web);
    const [satellites, parent, venue, figures] = await Promise.all([
      this.conferences.satellitesOf(conference.id),
      conference.parentId ? this.conferences.byId(conference.parentId) : null,
      conference.venueId ? this.venues.byId(conference.venueId) : null,
      this.figures.of(conference, web.viewer),
    ]);
    const model = {
      conference: withDays(conference),
      phase: phaseOf(conference, localDay(this.clock.now(), conference.zone)),
      satellites: satellites.map(withDays),
      parent,
      venue,
      figures,
      rooms: roomsFor(web.viewer, conference),
      mayEdit: web.viewer.level('conference', conference.id) === 'write',
    };
    return web.page('pages/conferences/overview', model, {
      title: titleOf(web, conference),
      layout: 'staff',
      section: 'conferences',
      breadcrumbs: [crumb(web)],
    });
  }

  @Get('c/:conf/settings')
  @Staff('conference', 'write')
  async settings(@Web() web: WebContext): Promise<string> {
    return this.showSettings(web, web.emptyForm({ ...(await this.current(web)) }));
  }

  @Post('c/:conf/settings')
  @Staff('conference', 'write')
  save(@Web() web: WebContext, @Body() body: unknown): Promise<string> {
    return web.form(conferenceForm, body, {
      done: async ({ version, ...changes }) => {
        const saved = await this.conferences.edit({ id: web.conference.id, version }, changes);
        return web.redirect(`/org/c/${saved.slug}/settings`, { key: 'conferences.saved' });
      },
      again: (form) => this.showSettings(web, form),
    });
  }

  private async current(web: WebContext): Promise<Conference> {
    const conference = await this.conferences.byId(web.conference.id);
    if (!conference) throw new NotFound();
    return conference;
  }

  private async showNew(web: WebContext, form: FormView): Promise<string> {
    return web.page('pages/conferences/new', await this.choices(web, null), {
      title: web.t('conferences.new'),
      layout: 'staff',
      section: 'conferences',
      form,
      breadcrumbs: [crumb(web)],
    });
  }

  /** After a stale write the form keeps what was typed, says where the conference differs now, and saves against that state. */
  private async showSettings(web: WebContext, form: FormView): Promise<string> {
    const conference = await this.current(web);
    const stale = web.reply.statusCode === 409;
    const model = {
      ...(await this.choices(web, conference)),
      conference,
      version: conference.version,
      differences: stale ? differences(web, conference, form) : [],
      stale,
    };
    return web.page('pages/conferences/settings', model, {
      title: web.t('conferences.settings'),
      layout: 'staff',
      section: 'conferences',
      form,
      breadcrumbs: [crumb(web), { label: titleOf(web, conference), href: `/org/c/${conference.slug}` }],
    });
  }

  private async choices(web: WebContext, self: Conference | null): Promise<object> {
    const [all, series, venues] = await Promise.all([
      this.conferences.list(),
      this.series.list(),
      this.venues.venues(),
    ]);
    const parents = all.filter(
      ({ id, parentId }) => parentId === null && id !== self?.id && web.viewer.level('conference', id),
    );
    const option = ({ id, title }: { id: string; title: Conference['title'] }) => ({
      value: id,
      label: pickText(title, web.locale).text,
    });
    return {
      kinds: CONFERENCE_KINDS,
      series: series.map(option),
      parents: parents.map(option),
      venues: venues.map(({ id, name }) => option({ id, title: name })),
    };
  }
}

function titleOf(web: WebContext, conference: Conference): string {
  return pickText(conference.title, web.locale).text;
}

function crumb(web: WebContext): { label: string; href: string } {
  return { label: web.t('conferences.title'), href: '/org/conferences' };
}

/** With its first and last day as instants, for the formatters. */
function withDays(conference: Conference) {
  const noon = (day: string) => toInstant(`${day}T12:00`, conference.zone).instant;
  return { ...conference, firstDay: noon(conference.startsOn), lastDay: noon(conference.endsOn) };
}

function fits(conference: Conference, { q, kind, when }: Filter, now: Date): boolean {
  if (kind && conference.kind !== kind) return false;
  const over = phaseOf(conference, localDay(now, conference.zone)) === 'over';
  if (when && (when === 'past') !== over) return false;
  const text = foldForSearch([...Object.values(conference.title), conference.slug].join(' '));
  return searchWords(q ?? '').every((word) => text.includes(word));
}

/** Where the conference as it is now differs from what was typed: the label of the field and its text now. */
function differences(web: WebContext, conference: Conference, form: FormView): { label: string; value: string }[] {
  const parsed = conferenceForm.safeParse(typedValues(form.values, 'expanded'));
  if (!parsed.success) return [];
  const { version: _version, ...changes } = parsed.data;
  return differingFields(conference, changes as Partial<Conference>).map((field) => ({
    label: web.t(`conferences.field.${field}`),
    value: shown(web, conference[field]),
  }));
}

function shown(web: WebContext, value: unknown): string {
  if (typeof value === 'boolean') return web.t(value ? 'common.yes' : 'common.no');
  if (typeof value === 'object' && value !== null) return Object.values(value as Record<string, string>).join(' · ');
  return value === null || value === undefined ? '' : String(value as string | number);
}
