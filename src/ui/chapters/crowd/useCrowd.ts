/** The state of "A crowd of sub-networks": the net, the place that is judged, and the answers to both structures. */
import { useState } from 'react';
import { defaultParams, type PlanarDataset } from '../../../protocol/studyParams';
import type { SubnetworksResult } from '../../../protocol/studyResults';
import { useSlowly } from '../../hooks/useSlowly';
import { type StudyView, useStudy } from '../shell/useStudy';

/** 'one': one masked hidden layer. 'two': two of them, with as many units in all. */
type Structure = 'one' | 'two';
export type Crowd = NonNullable<SubnetworksResult['crowd']>;

export interface Place {
  readonly x: number;
  readonly y: number;
}

interface CrowdSettings {
  readonly dataset: PlanarDataset;
  readonly structure: Structure;
  readonly units: number;
  readonly p: number;
  readonly passes: number;
  readonly thumbnails: number;
  readonly seed: number;
}

/** What one structure says, and where it was asked. */
export interface Verdict {
  readonly structure: Structure;
  readonly hidden: readonly number[];
  readonly place: Place;
  readonly crowd: Crowd;
}

export interface CrowdState {
  readonly settings: CrowdSettings;
  readonly hidden: readonly number[];
  readonly place: Place;
  readonly view: StudyView<'subnetworks'>;
  /** The newest crowd that is known; null before the first. */
  readonly crowd: Crowd | null;
  /** Whether the means are told: they answer the chapter's question. */
  readonly areMeansShown: boolean;
  /** Verdict of each structure, as far as known: 'one' first. */
  readonly verdicts: readonly Verdict[];
  change(patch: Partial<CrowdSettings>): void;
  move(place: Place): void;
  showMeans(areShown: boolean): void;
}

const FIRST = defaultParams('subnetworks');
/** How often the crowd is asked while the place is dragged. */
const ASK_MS = 80;

/** Returns the hidden layers of a structure: all units in one, or shared by two. */
export function hiddenOf(structure: Structure, units: number): readonly number[] {
  return structure === 'one' ? [units] : [Math.ceil(units / 2), Math.floor(units / 2)];
}

/** Keeps the newest crowd while another one is being trained. */
function useNewestCrowd({ result }: StudyView<'subnetworks'>): Crowd | null {
  const [newest, setNewest] = useState<Crowd | null>(null);
  const crowd = result?.crowd ?? newest;
  if (crowd !== newest) setNewest(crowd);
  return crowd;
}

export function useCrowd(first: Partial<CrowdSettings> = {}, isAnswered = true): CrowdState {
  const [settings, setSettings] = useState<CrowdSettings>(() => {
    const { dataset, p, passes, thumbnails, seed } = FIRST;
    return { dataset, p, passes, thumbnails, seed, structure: 'one', units: FIRST.hidden[0] ?? 1, ...first };
  });
  const [place, setPlace] = useState<Place>({ x: FIRST.x, y: FIRST.y });
  const [areMeansAsked, showMeans] = useState<boolean | null>(null);
  const [settledPlace, setSettledPlace] = useState(place);
  const asked = useSlowly(place, ASK_MS);
  const { structure, units, ...shared } = settings;
  const other: Structure = structure === 'one' ? 'two' : 'one';
  const hidden = hiddenOf(structure, units);
  const view = useStudy('subnetworks', { ...shared, hidden, ...asked });
  // The other structure is asked once for each net, where the place was then: it would evict the net that is being dragged over.
  const otherView = useStudy('subnetworks', { ...shared, hidden: hiddenOf(other, units), ...settledPlace, passes: 1, thumbnails: 0 });
  const crowd = useNewestCrowd(view);
  const otherCrowd = useNewestCrowd(otherView);
  const verdicts: Verdict[] = [];
  if (crowd) verdicts.push({ structure, hidden, place: asked, crowd });
  if (otherCrowd) verdicts.push({ structure: other, hidden: hiddenOf(other, units), place: settledPlace, crowd: otherCrowd });
  return {
    settings,
    hidden,
    place,
    view,
    crowd,
    areMeansShown: areMeansAsked ?? isAnswered,
    verdicts: verdicts.sort((a, b) => a.hidden.length - b.hidden.length),
    change: (patch) => {
      setSettings((before) => ({ ...before, ...patch }));
      setSettledPlace(place);
    },
    move: setPlace,
    showMeans,
  };
}
