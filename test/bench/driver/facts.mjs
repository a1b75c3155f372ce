/** Holds single numbers to their limits and prints them. */
import { format, table } from './statistics.mjs';
import { LIMITS } from './targets.mjs';

/**
 * Prints every measured fact that has a limit; returns the lines of those that miss it. The heap has ten minutes to prove itself,
 * so its limit counts with --long only.
 * @param {Record<string, unknown>} facts
 * @param {import('./options.mjs').Options} options
 */
export function checkFacts(facts, options) {
  /** @type {string[]} */
  const missed = [];
  const rows = [['measured', 'value', 'to reach', '']];
  for (const [name, limit] of Object.entries(LIMITS)) {
    const value = facts[name];
    if (typeof value !== 'number') continue;
    const reached = 'atLeast' in limit ? value >= limit.atLeast : value <= limit.atMost;
    const bound = 'atLeast' in limit ? `≥ ${format(limit.atLeast)}` : `≤ ${format(limit.atMost)}`;
    const counts = name !== 'heapGrowth' || options.long;
    const text = counts ? limit.text : `heap after ${String(facts.heapSeconds)} s, ratio (proof: --long)`;
    rows.push([text, format(value), bound, reached ? 'ok' : counts ? 'MISSED' : '-']);
    if (!reached && counts) missed.push(`${limit.text}: ${format(value)}, to reach ${bound}`);
  }
  if (rows.length > 1) console.log(`\n${table(rows)}`);
  return missed;
}
