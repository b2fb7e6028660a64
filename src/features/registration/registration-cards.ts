import { Injectable } from '@nestjs/common';
import type { Registration } from './registration.entity.js';

/** A part of the organizers' card that a later feature knows: rows of a summary list under a heading. */
export interface CardSection {
  /** A message key. */
  heading: string;
  href?: string;
  rows: readonly { label: string; value: string }[];
}

/** Features above registration add what they know about it to the card. */
@Injectable()
export class RegistrationCards {
  private readonly sources: ((registration: Registration) => Promise<CardSection | null>)[] = [];

  from(source: (registration: Registration) => Promise<CardSection | null>): void {
    this.sources.push(source);
  }

  async of(registration: Registration): Promise<CardSection[]> {
    return (await Promise.all(this.sources.map((source) => source(registration)))).filter((section) => section !== null);
  }
}
