import { Injectable, type OnModuleInit } from '@nestjs/common';
import { In } from 'typeorm';
import { Database } from '../../platform/database/database.js';
import { RegistrationCards, type CardSection, type Registration } from '../registration/index.js';
import { Invitation } from './invitation.entity.js';

/** What invitations tell the card of a registration: who comes along. */
@Injectable()
export class CompanionsCard implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly cards: RegistrationCards,
  ) {}

  onModuleInit(): void {
    this.cards.from((registration) => this.section(registration));
  }

  private async section({ conferenceId, personId }: Registration): Promise<CardSection | null> {
    const coming = { conferenceId, personId, kind: 'conference' as const, state: In(['accepted', 'tentative']) };
    const { companions } = (await this.db.repository(Invitation).findOneBy(coming)) ?? {};
    if (!companions) return null;
    const rows = companions.names.map((name, index) => ({ label: String(index + 1), value: name }));
    const heading = 'invitation.companions.heading';
    return { heading, rows: rows.length > 0 ? rows : [{ label: '+', value: String(companions.count) }] };
  }
}
