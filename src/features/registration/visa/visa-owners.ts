import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { Viewer } from '../../../platform/web/viewer.js';
import { Conferences } from '../../conferences/index.js';
import { DocumentOwners, type ShownOwner } from '../../documents/index.js';
import { LETTER_OWNER } from './visa-requests.service.js';
import { VisaRequest } from './visa-request.entity.js';
import { VisaStays } from './visa-stays.js';

/** Whose letters a register of documents may name: to officers of that conference, by the number of the registration. */
@Injectable()
export class VisaOwners implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly conferences: Conferences,
    private readonly stays: VisaStays,
    private readonly owners: DocumentOwners,
  ) {}

  onModuleInit(): void {
    this.owners.declare(LETTER_OWNER, { readable: (viewer, ids) => this.readable(viewer, ids) });
  }

  private async readable(viewer: Viewer, ids: readonly string[]): Promise<Map<string, ShownOwner>> {
    const found = new Map<string, ShownOwner>();
    for (const request of await this.db.all(VisaRequest, { id: ids })) {
      if (request.conferenceId === null || viewer.level('visa', request.conferenceId) !== 'write') continue;
      const [stay, conference] = await Promise.all([
        this.stays.one(request),
        this.conferences.byId(request.conferenceId),
      ]);
      if (stay && conference)
        found.set(request.id, { label: stay.number, href: `/org/c/${conference.slug}/visa/${request.publicId}` });
    }
    return found;
  }
}
