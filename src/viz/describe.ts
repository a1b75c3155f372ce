/**
 * Says in words what each figure shows now: the text summary that follows it, for people who hear the page. Pure functions of the frame.
 */
import type { Frame } from '../protocol/frame';
import type { DataReport } from '../protocol/messages';
import type { ViewStyle } from './view';

/** The part of the view that words depend on. `inputP`: the input's drop probability, which decides whether the input has a heatmap. */
export type WordsView = Pick<ViewStyle, 'mode' | 'phase' | 'row'> & { readonly inputP: number };

export declare function describeNetwork(frame: Frame, view: WordsView): string;
export declare function describeMasks(frame: Frame, view: WordsView): string;
export declare function describeGradients(frame: Frame, view: WordsView): string;
export declare function describeHistograms(frame: Frame, view: WordsView): string;
/** Decision surface, regression curve or digits, whichever the data calls for. */
export declare function describeBelief(frame: Frame, data: DataReport, view: WordsView): string;
export declare function describeLosses(frame: Frame): string;
