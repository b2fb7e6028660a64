// The end of `npm test`: one table, what was left out and how to get it, and the sum as the last line.

/** Prints the report; answers whether everything that had to pass did. */
export function report({ rows, missing, strict, patterns, interrupted }) {
  const shown = rows.filter((row) => !(row.empty && patterns.length > 0));
  const total = sum(rows);
  const lines = ['', ...table(shown, total), ''];
  for (const { suite, engine, problem } of rows) if (problem) lines.push(`${title(suite, engine)}: ${problem}`);

  const empty = rows.filter((row) => row.empty && patterns.length === 0);
  for (const { suite, engine } of empty)
    lines.push(`${title(suite, engine)}: there are no tests${strict ? ', which fails with CI=true' : ''}.`);
  for (const { suite, engine, why, how } of missing) {
    lines.push(
      `${title(suite, engine)} could not run here: ${why}. To run it: ${how}.${strict ? ' It fails with CI=true.' : ''}`,
    );
  }
  if (strict && total.skipped > 0) lines.push('Skipped tests fail with CI=true.');
  if (patterns.length > 0 && total.passed + total.failed + total.skipped === 0)
    lines.push(`No test file matches ${patterns.join(' ')}.`);
  if (interrupted !== null) lines.push(`Broken off by ${interrupted}.`);

  const leftOut = strict ? missing.length + empty.length : 0;
  const failed = total.failed + leftOut;
  lines.push(`${total.passed} passed, ${failed} failed, ${total.skipped} skipped`);
  process.stdout.write(`${lines.join('\n')}\n`);
  return failed === 0 && total.passed > 0 && !(strict && total.skipped > 0);
}

function sum(rows) {
  const total = { passed: 0, failed: 0, skipped: 0, seconds: 0 };
  for (const row of rows) for (const key of Object.keys(total)) total[key] += row[key];
  return total;
}

function title(suite, engine) {
  return engine === null ? suite : `${suite} on ${engine}`;
}

function table(rows, total) {
  const cells = [
    ['suite', 'database', 'passed', 'failed', 'skipped', 'seconds'],
    ...[...rows, { suite: 'all', engine: null, ...total }].map((row) => [
      row.suite,
      row.engine ?? '',
      String(row.passed),
      String(row.failed),
      String(row.skipped),
      row.seconds.toFixed(1),
    ]),
  ];
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  return cells.map((row) =>
    row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]))).join('  '),
  );
}
