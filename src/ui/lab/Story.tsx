/** What it all means, in two sentences under the results. Loaded once a reader is there. */
import { Say } from '../figures/Say';
import { useNumbers, useSettings } from '../hooks/labContext';
import { story } from '../words/story';

export default function Story() {
  const settings = useSettings();
  const numbers = useNumbers();
  return <p className="story">{numbers ? <Say phrase={story(settings, numbers)} /> : 'The network is being set up.'}</p>;
}
