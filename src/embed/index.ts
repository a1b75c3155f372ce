/** The entry of `dist/embed.js`: registers `<dropout-lab>` and knows that the page lies beside the file, so that links back lead there. */
import { DropoutLabElement, setHomeSite } from './element';
import { register } from './register';

setHomeSite(import.meta.url.replace(/[^/]*$/, ''));
register();

export { DropoutLabElement };
