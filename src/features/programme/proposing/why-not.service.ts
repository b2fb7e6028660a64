import { Injectable } from '@nestjs/common';
import type { Programme } from '../programme.entity.js';
import { congressOf } from '../scheduler/draft/draft-congress.rules.js';
import type { Asked } from '../scheduler/draft/draft.rules.js';
import type { WhyNot } from '../scheduler/exact/exact-questions.rules.js';
import { ExactSolver } from '../scheduler/exact/exact-solver.service.js';
import { DraftSource } from './draft-source.js';
import { checkTask } from './scheduling-runs.service.js';

const SECONDS = 10;

export interface WhyNotAnswer {
  readonly state: WhyNot['state'];
  /** Without these sessions the others have a legal programme, and with fewer left out they have none. */
  readonly sessions: readonly string[];
  /** So many must be left out at least. */
  readonly atLeast: number;
}

/** "Why does the whole not work?" Every session may move, however long it has stood, unless it is pinned. */
@Injectable()
export class WhyNotDesk {
  /** The same question of two people at once is answered once. */
  private readonly running = new Map<string, Promise<WhyNotAnswer>>();

  constructor(
    private readonly source: DraftSource,
    private readonly solver: ExactSolver,
  ) {}

  /** Throws RuleViolation when nothing could move, or the programme is too large. */
  async answer(programme: Programme, asked: Asked): Promise<WhyNotAnswer> {
    const key = JSON.stringify([programme.id, asked]);
    const running = this.running.get(key);
    if (running) return running;
    const answer = this.find(programme, asked).finally(() => this.running.delete(key));
    this.running.set(key, answer);
    return answer;
  }

  private async find(programme: Programme, asked: Asked): Promise<WhyNotAnswer> {
    const { draft } = await this.source.load(programme);
    const { congress, sessions } = congressOf(draft, { ...asked, aim: 'repair', withTray: true });
    checkTask(congress);
    const task = { congress, aim: 'new-programme', seed: asked.seed, maxMoves: null, seconds: null } as const;
    const found = await this.solver.whyNot(task, SECONDS);
    if (found.state === 'proven') {
      const dropped = found.dropped.flatMap((index) => sessions[index]?.id ?? []);
      return { state: 'proven', sessions: dropped, atLeast: dropped.length };
    }
    return { state: found.state, sessions: [], atLeast: found.state === 'not-proven' ? found.atLeast : 0 };
  }
}
