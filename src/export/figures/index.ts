/** Figures as files: vector pictures, the frame around a picture, the data behind it. The public face of `figures/`. */
export { type Card, type CardColumn, captionFont, cardLayout, paintCard, wrapText } from './card';
export { beliefCsv, curvesOnShowCsv, histogramsCsv, linksCsv, unitsCsv } from './figureCsv';
export { loadOutlines } from './outlines';
export { SvgContext, svgFile } from './svgContext';
