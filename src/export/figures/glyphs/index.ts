/** The glyphs of the fonts that figures are set in. A hundred kilobytes: to be imported only when a figure is saved. */
export { MONO } from './mono';
export { SANS } from './sans';
export { SANS_BOLD } from './sansBold';
