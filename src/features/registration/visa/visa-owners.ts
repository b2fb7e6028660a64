import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { Viewer } from '../../../platform/web/viewer.js';
import { DocumentOwners, type ShownOwner } from '../../documents/index.js';
import { VisaRequest } from './visa-request.entity.js';
import { LETTER_OWNER } from './visa-requests.service.js';
import { VisaStays } from './visa-stays.js';

/** Whose letters a register of documents may name: what somebody comes for says to whom. */
@Injectable()
export class VisaOwners implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly stays: VisaStays,
    private readonly owners: DocumentOwners,
  ) {}

  onModuleInit(): void {
    this.owners.declare(LETTER_OWNER, { readable: (viewer, ids) => this.readable(viewer, ids) });
  }

  private async readable(viewer: Viewer, ids: readonly string[]): Promise<Map<string, ShownOwner>> {
    return this.stays.readable(viewer, await this.db.all(VisaRequest, { id: ids }));
  }
}
