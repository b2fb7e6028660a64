import type { Highs, InitOptions, ModelData } from 'highs';
import type { LinearAnswer, LinearModel, LinearSolver } from './linear-model.rules.js';

/** Costs are whole numbers: what is nearer to the bound than this cannot be beaten. */
const GAP = 0.5;

/** The package describes its CommonJS form only; its ES module has the same function as its default. */
type Load = (options?: InitOptions) => Promise<Highs>;

let loaded: Promise<Highs> | undefined;

/** The solver, loaded when it is first wanted. It blocks its thread while it works, so only threads of their own call it. */
export async function linearSolver(isCancelled: () => boolean = () => false): Promise<LinearSolver> {
  loaded ??= import('highs').then(({ default: load }) => (load as unknown as Load)());
  const highs = await loaded;
  return (model, seconds) => solve(highs, model, seconds, isCancelled);
}

function solve(highs: Highs, linear: LinearModel, seconds: number, isCancelled: () => boolean): LinearAnswer {
  if (seconds <= 0) return { state: 'stopped', bound: -Infinity };
  if (linear.costs.length === 0) return nothingToChoose(linear);
  const { modelStatus, callbackType } = highs.constants;
  return highs.withModel(modelData(highs, linear), (model): LinearAnswer => {
    // `threads` is left alone: this build has one, and another number ends the process.
    model.options.set({ output_flag: false, time_limit: seconds, mip_rel_gap: 0, mip_abs_gap: GAP });
    let bound = -Infinity;
    model.run({
      [callbackType.mipInterrupt](event) {
        bound = Math.max(bound, event.data.mip_dual_bound ?? -Infinity);
        if (isCancelled()) event.interrupt();
        return undefined;
      },
    });
    const status = model.getModelStatus();
    if (status === modelStatus.infeasible) return { state: 'infeasible' };
    if (status !== modelStatus.optimal) return { state: 'stopped', bound };
    const { colValue } = model.getSolution();
    return {
      state: 'optimal',
      cost: Math.round(model.getObjectiveValue()),
      isChosen: (column) => colValue[column]! > 0.5,
    };
  });
}

function nothingToChoose({ rows }: LinearModel): LinearAnswer {
  const holds = rows.every(({ least, most }) => least <= 0 && most >= 0);
  return holds ? { state: 'optimal', cost: 0, isChosen: () => false } : { state: 'infeasible' };
}

function modelData({ infinity, constants }: Highs, { costs, rows }: LinearModel): ModelData {
  const starts = new Int32Array(rows.length + 1);
  rows.forEach(({ columns }, row) => {
    starts[row + 1] = starts[row]! + columns.length;
  });
  const indices = new Int32Array(starts[rows.length]!);
  const values = new Float64Array(indices.length);
  rows.forEach(({ columns, amounts }, row) => {
    indices.set(columns, starts[row]);
    values.set(amounts, starts[row]);
  });
  const bound = (value: number) => (Number.isFinite(value) ? value : Math.sign(value) * infinity);
  return {
    numCols: costs.length,
    numRows: rows.length,
    colCost: Float64Array.from(costs),
    colLower: new Float64Array(costs.length),
    colUpper: new Float64Array(costs.length).fill(1),
    rowLower: Float64Array.from(rows, ({ least }) => bound(least)),
    rowUpper: Float64Array.from(rows, ({ most }) => bound(most)),
    matrix: { format: 'csr', numRows: rows.length, numCols: costs.length, starts, indices, values },
    integrality: new Int32Array(costs.length).fill(constants.variableType.integer),
  };
}
