import { Injectable } from '@nestjs/common';
import type { Registration } from './registration.entity.js';

export const TASK_STATES = ['not_started', 'in_progress', 'done', 'blocked'] as const;
export type TaskState = (typeof TASK_STATES)[number];

export interface TaskView {
  status: TaskState;
  /** The page, below the address of the registration: `profile`. */
  href: string;
  /** A message key. */
  label: string;
  /** Why it cannot start, or what is still missing: a message key. */
  hint?: string;
}

export interface Task {
  key: string;
  /** Smaller stands higher. */
  position: number;
  /** Null where the task is not for this registration. */
  view(registration: Registration): Promise<TaskView | null>;
}

/** The tasks of a personal page. Features add theirs; the page asks them all. */
@Injectable()
export class RegistrationTasks {
  private readonly tasks: Task[] = [];

  add(task: Task): void {
    this.tasks.push(task);
    this.tasks.sort((a, b) => a.position - b.position);
  }

  async of(registration: Registration): Promise<(TaskView & { key: string })[]> {
    const views = await Promise.all(this.tasks.map(async (task) => ({ key: task.key, view: await task.view(registration) })));
    return views.flatMap(({ key, view }) => (view ? [{ key, ...view }] : []));
  }
}
