// What is said of the measured figures: a table for people, or one JSON object.
import { median, spread } from './statistics.mjs';

const OVERHEAD = 0.2; // ms that a client may add to a round trip that is judged

/** One figure of all runs. Where the server's log knows it too, and this client or a busy machine adds more than
 *  OVERHEAD to a request that does nothing, the server's own time is judged; else the round trip. */
function summarize({ row }, [name, title, unit, target], runs, overhead) {
    const of = (key) => runs.map((figures) => figures[key]);
    const inside = `${name} inside` in runs[0] ? spread(of(`${name} inside`)) : undefined;
    const summary = { row, name, title, unit, ...spread(of(name)), inside, target, values: of(name) };
    if (target === undefined) return summary;
    const judged = inside && overhead > OVERHEAD ? 'inside' : 'measured';
    const holds = (judged === 'inside' ? inside : summary).median <= target;
    return { ...summary, judged, verdict: holds ? 'holds' : 'misses' };
}

/** The figures of rows: `measured` maps a row's name to its runs, or to the reason why there are none. */
export function summarizeAll(bench, rows, measured) {
    const overhead = measured.has('overhead') ? median(measured.get('overhead').map(({ p99 }) => p99)) : 0;
    return rows.flatMap((row) => {
        const runs = measured.get(row.row);
        if (Array.isArray(runs)) return row.figures(bench, runs).map((figure) => summarize(row, figure, runs, overhead));
        return row.figures(bench).filter(([, , , target]) => target !== undefined)
            .map(([name, title, unit, target]) => ({ row: row.row, name, title, unit, target, verdict: 'not measured', why: runs }));
    });
}

const number = (value) => (value === undefined || Number.isNaN(value) ? '' : value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0));
const columns = [
    ['row', ({ row }) => row],
    ['figure', ({ title }) => title],
    ['median', ({ median: value, unit }) => (value === undefined ? '' : `${number(value)} ${unit}`), true],
    ['least–most', ({ least, most }) => (least === undefined ? '' : `${number(least)}–${number(most)}`), true],
    ['in the server', ({ inside }) => (inside ? number(inside.median) : ''), true],
    ['target', ({ target, unit }) => (target === undefined ? '' : `${target} ${unit}`), true],
    ['verdict', ({ verdict, judged, why }) => [verdict, judged === 'inside' && '(in the server)', why && `(${why})`].filter(Boolean).join(' ')],
];

export function formatTable(figures) {
    const cells = [columns.map(([head]) => head), ...figures.map((figure) => columns.map(([, text]) => text(figure)))];
    const widths = columns.map((_, i) => Math.max(...cells.map((line) => line[i].length)));
    return cells.map((line) => line.map((cell, i) => (columns[i][2] ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join('  ').trimEnd()).join('\n');
}
