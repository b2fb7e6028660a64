import { Injectable } from '@nestjs/common';
import type { AccessObject, Viewer } from '../../platform/web/viewer.js';

/** Whether somebody may register now. `at`: when it opens or closes, where that is known. */
export interface Door {
  readonly state: 'open' | 'soon' | 'closed' | 'none';
  readonly at: Date | null;
}

/** Told by registration, which knows conferences but is not known here; asked by the public page. */
@Injectable()
export class RegistrationDoor {
  private source: (conferenceId: string) => Promise<Door> = () => Promise.resolve({ state: 'none', at: null });

  from(source: (conferenceId: string) => Promise<Door>): void {
    this.source = source;
  }

  of(conferenceId: string): Promise<Door> {
    return this.source(conferenceId);
  }
}

export interface OverviewFigure {
  /** Names the label: `conferences.figure.<key>`. */
  readonly key: string;
  /** Shown to those who may see this object in the conference, if only as a count. */
  readonly object: AccessObject;
  readonly value: number;
  readonly href: string;
}

/** Figures on the overview of a conference, added by the features above. */
@Injectable()
export class OverviewFigures {
  private readonly sources: ((conference: { id: string; slug: string }) => Promise<readonly OverviewFigure[]>)[] = [];

  add(source: (conference: { id: string; slug: string }) => Promise<readonly OverviewFigure[]>): void {
    this.sources.push(source);
  }

  async of(conference: { id: string; slug: string }, viewer: Viewer): Promise<OverviewFigure[]> {
    const figures = (await Promise.all(this.sources.map((source) => source(conference)))).flat();
    return figures.filter(({ object }) => viewer.level(object, conference.id) !== undefined);
  }
}
