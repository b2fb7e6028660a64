import { Injectable } from '@nestjs/common';
import { isConfirmed, RegistrationTasks } from '../registration/index.js';
import { Feeds } from './feeds.service.js';

/** The task of a registration that leads to the calendar address. */
@Injectable()
export class CalendarTask {
  constructor(tasks: RegistrationTasks, feeds: Feeds) {
    tasks.add({
      key: 'calendar',
      position: 95,
      view: async (registration) => {
        if (!isConfirmed(registration)) return null;
        const feed = await feeds.ofPerson(registration.personId);
        return { status: feed ? 'done' : 'not_started', href: 'calendar', label: 'feeds.task' };
      },
    });
  }
}
