import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import type { FormView } from '../../platform/web/form.js';
import { Staff } from '../../platform/web/policy.js';
import { covers } from '../../platform/web/viewer.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { personName, type Person } from '../people/index.js';
import { Availabilities } from './availabilities.service.js';
import { AVAILABILITY_KINDS, WEEKLY_KINDS } from './availability.rules.js';
import { Conflicts } from './conflicts/conflicts.service.js';
import { worded } from './conflicts/finding-words.js';
import { readStart } from './place.rules.js';
import type { Programme } from './programme.entity.js';
import { ProgrammePeople } from './programme-people.queries.js';
import { ProgrammeQueries } from './programme.queries.js';
import { emptyForm, timeForm, weeklyForm } from './programme.schemas.js';
import { Programmes } from './programmes.service.js';
import { base, frame, mayEdit, sessionsCrumb } from './staff-pages.js';

/** One person of the programme: where they take part, when they are here and can, on the clock of the programme. */
@Controller('org/c/:conf/people/:person')
export class AvailabilitiesPages {
  constructor(
    private readonly programmes: Programmes,
    private readonly people: ProgrammePeople,
    private readonly availabilities: Availabilities,
    private readonly conflicts: Conflicts,
    private readonly queries: ProgrammeQueries,
  ) {}

  @Get()
  @Staff('programme', 'read')
  async page(@Web() web: WebContext, @Param('person') key: string): Promise<string> {
    const { programme, person } = await this.own(web, key);
    return this.show(web, programme, person, web.emptyForm({ kind: 'present' }));
  }

  @Post('times')
  @Staff('programme', 'write')
  async add(@Web() web: WebContext, @Param('person') key: string, @Body() body: unknown): Promise<string> {
    const { programme, person } = await this.own(web, key);
    return web.form(timeForm, body, {
      done: async ({ kind, startsAt, endsAt }) => {
        const [start, end] = [
          readStart(startsAt, programme.zone, 'startsAt'),
          readStart(endsAt, programme.zone, 'endsAt'),
        ];
        await this.availabilities.add(programme.id, person.id, { kind, startsAt: start.instant, endsAt: end.instant });
        return this.saved(web, programme, person, start.repeated || end.repeated);
      },
      again: (form) => this.show(web, programme, person, form),
    });
  }

  @Post('times/:time/removal')
  @Staff('programme', 'write')
  async remove(
    @Web() web: WebContext,
    @Param('person') key: string,
    @Param('time') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const { programme, person } = await this.own(web, key);
    return web.form(emptyForm, body, {
      done: async () => {
        await this.availabilities.remove(programme.id, person.id, id);
        return this.saved(web, programme, person, false);
      },
      again: (form) => this.show(web, programme, person, form),
    });
  }

  @Post('weekly')
  @Staff('programme', 'write')
  async addWeekly(@Web() web: WebContext, @Param('person') key: string, @Body() body: unknown): Promise<string> {
    const { programme, person } = await this.own(web, key);
    return web.form(weeklyForm, body, {
      done: async ({ weeklyKind, ...typed }) => {
        await this.availabilities.addWeekly(programme.id, person.id, { kind: weeklyKind, ...typed });
        return this.saved(web, programme, person, false);
      },
      again: (form) => this.show(web, programme, person, form),
    });
  }

  @Post('weekly/:time/removal')
  @Staff('programme', 'write')
  async removeWeekly(
    @Web() web: WebContext,
    @Param('person') key: string,
    @Param('time') id: string,
    @Body() body: unknown,
  ): Promise<string> {
    const { programme, person } = await this.own(web, key);
    return web.form(emptyForm, body, {
      done: async () => {
        await this.availabilities.removeWeekly(programme.id, person.id, id);
        return this.saved(web, programme, person, false);
      },
      again: (form) => this.show(web, programme, person, form),
    });
  }

  private async own(web: WebContext, key: string): Promise<{ programme: Programme; person: Person }> {
    const programme = await this.programmes.ofOwner(web.conference.id);
    return { programme, person: await this.people.find(programme.id, key) };
  }

  /** Back to the page, saying how many conflicts the person has now. */
  private async saved(web: WebContext, programme: Programme, person: Person, repeated: boolean): Promise<string> {
    const findings = await this.conflicts.ofPerson(programme.id, person.id);
    const count = findings.filter(({ override }) => !override).length;
    const here = `${base(web)}/people/${person.id}`;
    if (repeated) return web.redirect(here, { key: 'programme.notice.savedRepeatedHour' });
    if (count === 0) return web.redirect(here, { key: 'programme.notice.saved' });
    return web.redirect(here, { key: 'programme.notice.savedWithConflicts', params: { count } });
  }

  private async show(web: WebContext, programme: Programme, person: Person, form: FormView): Promise<string> {
    const { assigned, times, weekly, findings } = await this.people.one(programme.id, person.id);
    const names = await this.queries.names(findings);
    const name = personName(person);
    const mayOpenPerson = covers(web.viewer.level('person', web.conference.id), 'read');
    const model = {
      person: { name, institution: person.institution, country: person.country },
      personHref: mayOpenPerson ? `/org/people/${person.publicId}` : '',
      sessions: assigned.map(({ role, state, session }) => ({
        role,
        state,
        title: session.title,
        startsAt: session.startsAt,
        endsAt: session.endsAt,
        href: `${base(web)}/sessions/${session.id}`,
      })),
      times: times.map(({ id, kind, startsAt, endsAt, source }) => ({ id, kind, startsAt, endsAt, source })),
      weekly: weekly.map(({ id, kind, weekday, opensAt, closesAt }) => ({
        id,
        kind,
        weekday,
        from: clockOf(opensAt),
        to: clockOf(closesAt),
      })),
      weeklyKinds: WEEKLY_KINDS,
      weekdays: WEEKDAYS,
      // Two forms stand on the page: what was typed goes back into the one it came from.
      weeklyForm: 'weekday' in form.values ? form : web.emptyForm({ weeklyKind: 'available', weekday: '1' }),
      timeForm: 'weekday' in form.values ? web.emptyForm({ kind: 'present' }) : form,
      // The times that they are about stand on this very page.
      findings: findings.map((conflict) => ({ ...worded(web, programme.zone, conflict, names), times: null })),
      kinds: AVAILABILITY_KINDS,
      base: base(web),
      here: `${base(web)}/people/${person.id}`,
      zone: programme.zone,
      mayEdit: mayEdit(web),
    };
    return web.page(
      'pages/programme/person',
      model,
      frame(web, web.t('programme.times.title', { name }), { form, crumbs: [sessionsCrumb(web)] }),
    );
  }
}

const WEEKDAYS = ['1', '2', '3', '4', '5', '6', '7'];

function clockOf(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
