/** What app and embed may use of the screen. */
export { autoplay } from './hooks/transport';
export { lateLazy, onFirstSign, whenReader } from './hooks/whenReader';
export { BASE_PACE } from './lab/Counters';
export { LabScreen } from './lab/LabScreen';
