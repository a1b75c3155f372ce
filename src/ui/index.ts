/** What app and embed may use of the screen. */
export { autoplay } from './hooks/transport';
export { BASE_PACE } from './lab/Counters';
export { LabScreen } from './lab/LabScreen';
export { openExperiment, revisitExperiment } from './share/openExperiment';
