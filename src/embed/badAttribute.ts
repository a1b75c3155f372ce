/** What an attribute is refused with. It must name no package: it is part of the public types. */
import { shorten } from '../store/addressText';

/** A value that was refused; what was in force before still is. */
export interface BadAttribute {
  readonly code: 'bad-attribute';
  readonly attribute: string;
  readonly value: string;
  readonly message: string;
  readonly fatal: false;
}

/** Refuses the value of an attribute. */
export function badAttribute(attribute: string, value: string, words: string): BadAttribute {
  return { code: 'bad-attribute', attribute, value, message: `${attribute}="${shorten(value)}": ${words}`, fatal: false };
}
