import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../platform/runtime/clock.js';
import { OverviewFigures, RegistrationDoor, type Door, type OverviewFigure } from '../conferences/index.js';
import { SettingsOfRegistration } from './registration-settings.service.js';
import { RegistrationQueries } from './registration.queries.js';
import { openingOf, type Opening } from './registration.rules.js';

const STATES: Readonly<Record<Opening, Door['state']>> = {
  open: 'open',
  not_yet: 'soon',
  closed: 'closed',
  never: 'none',
};

/** What registration tells conferences, which cannot know it: whether one may register, and how many people did. */
@Injectable()
export class ConferenceDoor implements OnModuleInit {
  constructor(
    private readonly door: RegistrationDoor,
    private readonly figures: OverviewFigures,
    private readonly settings: SettingsOfRegistration,
    private readonly queries: RegistrationQueries,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.door.from((conferenceId) => this.state(conferenceId));
    this.figures.add((conference) => this.counted(conference));
  }

  private async state(conferenceId: string): Promise<Door> {
    const settings = await this.settings.of(conferenceId);
    const opening = openingOf(settings, this.clock.now());
    return { state: STATES[opening], at: opening === 'not_yet' ? settings.opensAt : settings.closesAt };
  }

  private async counted({ id, slug }: { id: string; slug: string }): Promise<OverviewFigure[]> {
    const { confirmed, pending, waiting } = await this.queries.counts(id);
    const list = `/org/c/${slug}/registrations`;
    return [
      { key: 'confirmed', object: 'registration', value: confirmed, href: list },
      { key: 'pending', object: 'registration', value: pending, href: `${list}?approval=pending` },
      { key: 'waiting', object: 'registration', value: waiting, href: `${list}?waitlist=waiting` },
    ];
  }
}
