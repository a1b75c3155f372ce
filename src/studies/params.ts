/**
 * Checks the parameters of a study against its lines in the table. All or nothing; no range is repeated here.
 */
import { type ParamRule, STUDIES, type StudyName, type StudyParamsMap } from '../protocol/studyParams';

function isNumberIn(value: unknown, rule: { min: number; max: number; integer?: boolean }): value is number {
  return typeof value === 'number' && value >= rule.min && value <= rule.max && (rule.integer !== true || Number.isInteger(value));
}

function fits(value: unknown, rule: ParamRule<unknown>): boolean {
  switch (rule.kind) {
    case 'number':
      return isNumberIn(value, rule);
    case 'choice':
      return typeof value === 'string' && rule.choices.includes(value);
    case 'flag':
      return typeof value === 'boolean';
    case 'numbers':
      return (
        Array.isArray(value) &&
        value.length >= rule.minLength &&
        value.length <= rule.maxLength &&
        value.every((item) => isNumberIn(item, rule))
      );
    default:
      return rule satisfies never;
  }
}

function rangeWords(rule: { min: number; max: number; integer?: boolean }): string {
  return `${rule.integer === true ? 'an integer ' : ''}between ${rule.min} and ${rule.max}`;
}

function allowedWords(rule: ParamRule<unknown>): string {
  switch (rule.kind) {
    case 'number':
      return rangeWords(rule);
    case 'choice':
      return `one of ${rule.choices.map((choice) => `'${choice}'`).join(', ')}`;
    case 'flag':
      return 'true or false';
    case 'numbers':
      return `a list of ${rule.minLength} to ${rule.maxLength} numbers, each ${rangeWords(rule)}`;
    default:
      return rule satisfies never;
  }
}

/**
 * Lays a patch over the defaults of a study and returns the whole, checked.
 * Errors: RangeError "p must be between 0 and 1, got 1.5"; "there is no parameter 'q' in study 'schemes'; parameters are …".
 */
export function parseParams<Name extends StudyName>(name: Name, patch: object): StudyParamsMap[Name] {
  const rules = STUDIES[name].params as Readonly<Record<string, ParamRule<unknown>>>;
  const params: Record<string, unknown> = Object.fromEntries(Object.entries(rules).map(([key, rule]) => [key, rule.default]));
  for (const [key, value] of Object.entries(patch)) {
    const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
    if (rule === undefined) {
      throw new RangeError(`there is no parameter '${key}' in study '${name}'; parameters are ${Object.keys(rules).join(', ')}`);
    }
    if (!fits(value, rule)) throw new RangeError(`${key} must be ${allowedWords(rule)}, got ${String(value)}`);
    params[key] = Array.isArray(value) ? [...value] : value;
  }
  return params as unknown as StudyParamsMap[Name];
}
