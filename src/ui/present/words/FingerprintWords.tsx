/** The two words that all screens of a class must share: under the name of the lab, wherever the run rests. Loaded on demand. */
import './words.css';
import { useLab } from '../../hooks/labContext';
import { grouped } from '../../words/format';
import { useWords } from './useWords';

export default function FingerprintWords() {
  const words = useWords(useLab());
  if (!words) return null;
  return (
    <span
      className="fingerprint-words"
      title={`The fingerprint of the weights at step ${grouped(words.step)}, ${words.fingerprint}, in two words. Screens that show the same words have the same network, bit for bit.`}
    >
      <span className="visually-hidden">fingerprint: </span>
      {words.words}
    </span>
  );
}
