import { type Figure, isMet, type Unit } from './figure.ts';

/** The figures as text: what, how much, beside what, and whether the target is met. */
export function tableOf(figures: readonly Figure[]): string {
  const head = ['', 'here', 'peer', 'ratio', 'target', ''];
  const rows = figures.map((figure) => {
    const { title, value, unit, peer, target } = figure;
    const met = isMet(figure);
    return [
      title,
      value === undefined ? 'not here' : format(value, unit),
      peer === undefined ? '' : `${format(peer.value, unit)} ${peer.title}`,
      peer === undefined ? '' : `${peer.ratio.toFixed(2)} x`,
      target === undefined ? '' : `<= ${isRatio(figure) ? `${target} x` : format(target, unit)}`,
      met === undefined ? '' : met ? 'met' : 'MISSED',
    ];
  });
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const lineOf = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const lines = rows.flatMap((row, at) => {
    const note = figures[at]?.note;
    return note === undefined ? [lineOf(row)] : [lineOf(row), `    ${note}`];
  });
  return `${[lineOf(head), ...lines].join('\n')}\n`;
}

function isRatio({ peer, targetOf }: Figure): boolean {
  return peer !== undefined && targetOf !== 'value';
}

/** Three digits that mean something. */
export function format(value: number, unit: Unit): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${value.toFixed(Number.isInteger(value) ? 0 : digits)} ${unit}`;
}
