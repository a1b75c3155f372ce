/** Hands a file to the browser, and gives it a name that says which experiment it is of. */
import type { Settings } from '../../protocol/settings';
import { trimmed } from '../words/format';

/** How long the browser may take to begin the download. */
const KEPT_MS = 60_000;

/** Saves `content` under `name`, where the browser puts downloads. */
export function saveFile(name: string, content: BlobPart, type: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}

/** Returns `dropout-lab-moons-inverted-p0.50-seed42-<part>.<extension>`; without a part, the experiment itself. */
export function fileName(settings: Pick<Settings, 'dataset' | 'mode' | 'p' | 'seed'>, extension: string, part = ''): string {
  const { dataset, mode, p, seed } = settings;
  const name = ['dropout-lab', dataset, mode, `p${trimmed(p)}`, `seed${seed}`, part].filter((each) => each !== '').join('-');
  return `${name}.${extension}`;
}
