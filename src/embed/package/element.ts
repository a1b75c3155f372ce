/** The entry `dropout-lab/element` of the package: registers `<dropout-lab>` when it is imported. */
import { register } from '../register';

register();

export type { DropoutLabElementEvents } from '../element';
export { DropoutLabElement } from '../register';
