import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { Database } from '../../../platform/database/database.js';
import { PurgeRules, type SubjectKey } from '../../../platform/purge/purge-rules.js';
import { VisaFile } from './visa-file.entity.js';
import { VisaFilesOfRequests } from './visa-files.service.js';
import { VisaRequest } from './visa-request.entity.js';
import { detailsGoAt, scanGoesAt, type StayEnd } from './visa-terms.rules.js';
import { VisaRequests } from './visa-requests.service.js';
import { VisaSettingsOfConferences } from './visa-settings.service.js';
import { VisaStays, type Stay } from './visa-stays.js';

/** The terms of field group C: details, letters and files 30 days after the stay, the passport page before. */
@Injectable()
export class VisaPurge {
  constructor(
    private readonly db: Database,
    private readonly stays: VisaStays,
    private readonly requests: VisaRequests,
    private readonly files: VisaFilesOfRequests,
    private readonly settings: VisaSettingsOfConferences,
    rules: PurgeRules,
  ) {
    const about = (ids: readonly string[]) => this.about(ids);
    rules.add({
      name: 'passport scans',
      group: 'C',
      due: (at) => this.scansDue(at),
      about,
      purge: (id) => this.dropScan(id),
    });
    rules.add({
      name: 'passport data and visa letters',
      group: 'C',
      due: (at) => this.detailsDue(at),
      about,
      purge: (id) => this.dropAll(id),
      sweep: async () => void (await this.files.sweep()),
    });
  }

  private async scansDue(at: Date): Promise<string[]> {
    const rows = await this.db
      .repository(VisaFile)
      .find({ where: { kind: 'scan' }, select: { id: true, requestId: true } });
    const requests = await this.db.all(VisaRequest, { id: rows.map(({ requestId }) => requestId) });
    return this.dueAmong(
      requests,
      async (request, stay) =>
        scanGoesAt(stay, request.sentAt, await this.settings.termsOf(request.conferenceId)) <= at,
    );
  }

  private async detailsDue(at: Date): Promise<string[]> {
    const requests = await this.db.repository(VisaRequest).find({ where: { purgedAt: IsNull() } });
    return this.dueAmong(
      requests,
      async (request, stay) => detailsGoAt(stay, await this.settings.termsOf(request.conferenceId)) <= at,
    );
  }

  /** The person, and what they come for. */
  private async about(ids: readonly string[]): Promise<Map<string, SubjectKey[]>> {
    const requests = await this.db.all(VisaRequest, { id: ids });
    const about = new Map<string, SubjectKey[]>();
    for (const kind of new Set(requests.map(({ stayKind }) => stayKind))) {
      const ofKind = requests.filter(({ stayKind }) => stayKind === kind);
      const stays = await this.stays.of(
        kind,
        ofKind.map(({ stayId }) => stayId),
      );
      for (const { id, personId, stayId } of ofKind)
        about.set(id, [`person:${personId}`, ...(stays.get(stayId)?.subjects ?? [])]);
    }
    return about;
  }

  /** A stay that is gone has no end: its data are due at once. */
  private async dueAmong(
    requests: readonly VisaRequest[],
    isDue: (request: VisaRequest, stay: StayEnd) => Promise<boolean>,
  ): Promise<string[]> {
    const due: string[] = [];
    for (const kind of new Set(requests.map(({ stayKind }) => stayKind))) {
      const ofKind = requests.filter(({ stayKind }) => stayKind === kind);
      const stays = await this.stays.of(
        kind,
        ofKind.map(({ stayId }) => stayId),
      );
      for (const request of ofKind) {
        const stay = stays.get(request.stayId);
        if (!stay || (await isDue(request, endOf(stay, request)))) due.push(request.id);
      }
    }
    return due;
  }

  private dropScan(id: string): Promise<void> {
    return this.db.transaction(async () => void (await this.files.drop(await this.requests.byId(id), ['scan'])));
  }

  private dropAll(id: string): Promise<void> {
    return this.db.transaction(async () => void (await this.requests.purge(await this.requests.byId(id))));
  }
}

function endOf({ countsFrom, zone, keptUntil }: Stay, { exitOn }: VisaRequest): StayEnd {
  return { endsOn: countsFrom, zone, exitOn, keptUntil };
}
