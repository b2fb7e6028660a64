import { Injectable } from '@nestjs/common';
import { InvalidInput, NotFound } from '../../kernel/errors.js';
import { isUniqueViolation } from '../../platform/database/database-errors.js';
import { Database } from '../../platform/database/database.js';
import { Journal } from '../../platform/journal/journal.js';
import { Ids } from '../../platform/runtime/ids.js';
import { isId } from './ids.rules.js';
import { DEFAULT_LIMITS, LIMITS, limitsOf, type Limits } from './conflicts/limits.rules.js';
import {
  ConflictLimitsChanged,
  ProgrammeCreated,
  ProgrammeZoneChanged,
  StrandRemoved,
  StrandSaved,
} from './programme.events.js';
import { Programme, Strand, type OwnerKind } from './programme.entity.js';

export interface NewProgramme {
  ownerKind: OwnerKind;
  ownerId: string;
  zone: string;
}

export type StrandFields = Pick<Strand, 'code' | 'name' | 'colour'>;

interface Read {
  id: string;
  version: number;
}

/** Programmes and their strands. Sessions, talks and people of the draft have services of their own. */
@Injectable()
export class Programmes {
  constructor(
    private readonly db: Database,
    private readonly ids: Ids,
    private readonly journal: Journal,
  ) {}

  createFor({ ownerKind, ownerId, zone }: NewProgramme): Promise<Programme> {
    return this.db.transaction(async () => {
      const programme: Programme = {
        id: this.ids.next(),
        ownerKind,
        ownerId,
        zone,
        limits: {},
        currentRelease: null,
        namesEpoch: 0,
        version: 1,
      };
      await this.db.insert(Programme, programme);
      await this.journal.record(ProgrammeCreated({ id: programme.id, ...inProgramme(programme) }));
      return programme;
    });
  }

  /** The programme of a conference or visit. Throws NotFound. */
  async ofOwner(ownerId: string): Promise<Programme> {
    const programme = await this.db.repository(Programme).findOneBy({ ownerId });
    if (!programme) throw new NotFound();
    return programme;
  }

  async byId(id: string): Promise<Programme> {
    const programme = await this.db.repository(Programme).findOneBy({ id });
    if (!programme) throw new NotFound();
    return programme;
  }

  /** Sessions keep their instants: their clocks show another time from now on. */
  changeZone(programmeId: string, zone: string): Promise<void> {
    return this.db.transaction(async () => {
      const programme = await this.byId(programmeId);
      if (programme.zone === zone) return;
      await this.db.updateIfUnchanged(Programme, programme, { zone });
      await this.journal.record(
        ProgrammeZoneChanged({ id: programme.id, ...inProgramme(programme), from: programme.zone, to: zone }),
      );
    });
  }

  /** What conflicts are counted by. Throws Stale when somebody was faster. */
  changeLimits(read: Read, limits: Limits): Promise<Programme> {
    return this.db.transaction(async () => {
      const programme = await this.byId(read.id);
      const before = limitsOf(programme.limits);
      const changed = LIMITS.filter((name) => limits[name] !== before[name]);
      // What is as usual is not written down, so that it follows when the usual changes.
      const said = Object.fromEntries(
        LIMITS.flatMap((name) => (limits[name] === DEFAULT_LIMITS[name] ? [] : [[name, limits[name]]])),
      );
      const version = await this.db.updateIfUnchanged(Programme, read, { limits: said });
      if (changed.length > 0)
        await this.journal.record(
          ConflictLimitsChanged({ id: programme.id, ...inProgramme(programme), limits: changed }),
        );
      return { ...programme, limits: said, version };
    });
  }

  strands(programmeId: string): Promise<Strand[]> {
    return this.db.repository(Strand).find({ where: { programmeId }, order: { position: 'ASC', id: 'ASC' } });
  }

  /** A strand of this programme. Throws NotFound, also for a strand of another one. */
  async strand(programmeId: string, id: string): Promise<Strand> {
    const strand = isId(id) ? await this.db.repository(Strand).findOneBy({ id, programmeId }) : null;
    if (!strand) throw new NotFound();
    return strand;
  }

  /** The new strand stands last. Throws InvalidInput at `code` when another strand of the programme has it. */
  addStrand(programmeId: string, fields: StrandFields): Promise<Strand> {
    return this.db.transaction(async () => {
      const programme = await this.byId(programmeId);
      const last = await this.db.repository(Strand).findOne({ where: { programmeId }, order: { position: 'DESC' } });
      const strand = { id: this.ids.next(), programmeId, ...fields, position: (last?.position ?? 0) + 1, version: 1 };
      await codeTaken(() => this.db.insert(Strand, strand));
      await this.journal.record(StrandSaved({ id: strand.id, ...inProgramme(programme), code: strand.code }));
      return strand as Strand;
    });
  }

  editStrand(programmeId: string, read: Read, changes: Partial<StrandFields & { position: number }>): Promise<Strand> {
    return this.db.transaction(async () => {
      const programme = await this.byId(programmeId);
      const strand = await this.strand(programmeId, read.id);
      const version = await codeTaken(() => this.db.updateIfUnchanged(Strand, read, changes));
      const changed = { ...strand, ...changes, version };
      await this.journal.record(StrandSaved({ id: strand.id, ...inProgramme(programme), code: changed.code }));
      return changed;
    });
  }

  /** Its sessions stay, without a strand. */
  removeStrand(programmeId: string, read: Read): Promise<void> {
    return this.db.transaction(async () => {
      const { id } = read;
      const programme = await this.byId(programmeId);
      const strand = await this.strand(programmeId, id);
      await this.db.updateIfUnchanged(Strand, read, {});
      await this.db.repository(Strand).delete({ id });
      await this.journal.record(StrandRemoved({ id, ...inProgramme(programme), code: strand.code }));
    });
  }
}

/** What journal entries say about where they belong. */
export function inProgramme({ id, ownerKind, ownerId }: Programme): { programmeId: string; conferenceId?: string } {
  return { programmeId: id, ...(ownerKind === 'conference' ? { conferenceId: ownerId } : {}) };
}

async function codeTaken<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (isUniqueViolation(error)) throw InvalidInput.at('code', 'error.programme.codeTaken');
    throw error;
  }
}
