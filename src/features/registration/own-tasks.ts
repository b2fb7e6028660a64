import { Injectable } from '@nestjs/common';
import { Consents, People } from '../people/index.js';
import { NeedsOfPeople } from './needs.service.js';
import { asksNeeds, choosesSessions } from './participation.rules.js';
import { RegistrationTasks, type TaskView } from './registration-tasks.js';
import type { Registration } from './registration.entity.js';
import { isConfirmed } from './registration.rules.js';
import { OPTIONAL_CONSENTS } from './registration.schemas.js';
import { SessionChoices } from './session-choices.service.js';

/** The tasks that every registration has: profile, sessions, needs, consents. */
@Injectable()
export class OwnTasks {
  constructor(
    tasks: RegistrationTasks,
    private readonly people: People,
    private readonly consents: Consents,
    private readonly sessions: SessionChoices,
    private readonly needs: NeedsOfPeople,
  ) {
    tasks.add({ key: 'profile', position: 10, view: (registration) => this.profile(registration) });
    tasks.add({ key: 'sessions', position: 30, view: (registration) => this.chosen(registration) });
    tasks.add({ key: 'needs', position: 40, view: (registration) => this.stated(registration) });
    tasks.add({ key: 'consents', position: 90, view: (registration) => this.agreed(registration) });
  }

  private async profile({ personId, claimed }: Registration): Promise<TaskView> {
    const person = await this.people.byId(personId);
    const touched = person !== null && (person.badgeName !== null || person.patronymic !== null || person.version > 1);
    const status = claimed ? 'in_progress' : touched ? 'done' : 'not_started';
    return { status, href: 'profile', label: 'registration.task.profile', ...(claimed ? { hint: 'registration.task.profileClaims' } : {}) };
  }

  private async chosen(registration: Registration): Promise<TaskView | null> {
    if (!choosesSessions(registration.form)) return null;
    const task = { href: 'sessions', label: 'registration.task.sessions' };
    if (!isConfirmed(registration)) return { ...task, status: 'blocked', hint: 'registration.task.afterPlace' };
    const [offered, chosen] = await Promise.all([this.sessions.offered(registration.conferenceId), this.sessions.of(registration.id)]);
    if (chosen.size > 0) return { ...task, status: 'done' };
    return offered.length === 0 ? { ...task, status: 'blocked', hint: 'registration.task.afterProgramme' } : { ...task, status: 'not_started' };
  }

  private async stated({ id, form }: Registration): Promise<TaskView | null> {
    if (!asksNeeds(form)) return null;
    return { status: (await this.needs.isAnswered(id)) ? 'done' : 'not_started', href: 'needs', label: 'registration.task.needs' };
  }

  private async agreed({ personId, provisionalUntil }: Registration): Promise<TaskView> {
    const current = await this.consents.current(personId);
    const answered = OPTIONAL_CONSENTS.filter((purpose) => current.has(purpose)).length;
    // It comes with the form, but not from those whom somebody else has registered.
    const agreed = current.get('registration')?.given === true && provisionalUntil === null;
    const all = agreed && answered === OPTIONAL_CONSENTS.length;
    const status = all ? 'done' : answered === 0 ? 'not_started' : 'in_progress';
    return { status, href: 'consents', label: 'registration.task.consents' };
  }
}
