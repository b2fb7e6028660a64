/** Minimise the cost of what is chosen, with every row kept within its bounds. A column is chosen (1) or not (0). */
export interface LinearModel {
  readonly costs: readonly number[];
  readonly rows: readonly LinearRow[];
}

export interface LinearRow {
  readonly columns: readonly number[];
  /** What each of the columns adds to the row. */
  readonly amounts: readonly number[];
  readonly least: number;
  readonly most: number;
}

export type LinearAnswer =
  /** No choice costs less. */
  | { readonly state: 'optimal'; readonly cost: number; readonly isChosen: (column: number) => boolean }
  | { readonly state: 'infeasible' }
  /** Out of time, or stopped from outside: every choice costs at least `bound`. */
  | { readonly state: 'stopped'; readonly bound: number };

/** Solves a model within a time, or says how far it came. Costs are whole numbers. */
export type LinearSolver = (model: LinearModel, seconds: number) => LinearAnswer;

/** Puts a model together, column by column and row by row. */
export class ModelBuilder implements LinearModel {
  readonly costs: number[] = [];
  readonly rows: LinearRow[] = [];

  /** The number of the new column. */
  column(cost: number): number {
    return this.costs.push(cost) - 1;
  }

  /** Exactly one of the columns. */
  exactlyOne(columns: readonly number[]): void {
    this.row(columns, 1, 1);
  }

  /** Of the columns, one or none. */
  atMostOne(columns: readonly number[]): void {
    if (columns.length > 1) this.row(columns, -Infinity, 1);
  }

  row(
    columns: readonly number[],
    least: number,
    most: number,
    amounts: readonly number[] = Array<number>(columns.length).fill(1),
  ): void {
    this.rows.push({ columns, amounts, least, most });
  }
}
