import { Injectable } from '@nestjs/common';
import { People } from '../../people/index.js';
import { comesInPerson } from '../participation.rules.js';
import { RegistrationTasks, type TaskView } from '../registration-tasks.js';
import type { Registration } from '../registration.entity.js';
import { isConfirmed } from '../registration.rules.js';
import { VisaRequests } from './visa-requests.service.js';
import { VisaStays } from './visa-stays.js';
import { REGISTRATION_STAY } from './visa.words.js';

/** The country that people come into; who lives there is not asked. */
const HERE = 'BY';

/** The line "Visa" of a personal page: only for those who come from abroad, and only once they are accepted. */
@Injectable()
export class VisaTask {
  constructor(
    tasks: RegistrationTasks,
    private readonly people: People,
    private readonly requests: VisaRequests,
    private readonly stays: VisaStays,
  ) {
    tasks.add({ key: 'visa', position: 25, view: (registration) => this.view(registration) });
  }

  private async view(registration: Registration): Promise<TaskView | null> {
    if (!comesInPerson(registration.form)) return null;
    const stay = await this.stays.one({ stayKind: REGISTRATION_STAY, stayId: registration.id });
    const request = stay && (await this.requests.serving(stay));
    if (!request && (await this.people.byId(registration.personId))?.country === HERE) return null;
    const task = { href: 'visa', label: 'registration.task.visa' };
    if (!isConfirmed(registration)) return { ...task, status: 'blocked', hint: 'registration.task.afterPlace' };
    if (!request || request.state === 'unknown') return { ...task, status: 'not_started' };
    if (request.mismatch) return { ...task, status: 'in_progress', hint: 'visa.taskHint.mismatch' };
    if (request.state === 'data_requested')
      return { ...task, status: 'in_progress', hint: 'visa.taskHint.data_requested' };
    return { ...task, status: 'done', hint: `visa.taskHint.${request.state}` };
  }
}
