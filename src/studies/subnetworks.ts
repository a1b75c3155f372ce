/**
 * Trains a small net with dropout, then asks every one of its sub-networks about one place.
 *
 * A net once trained is kept for the next question, so that the place can be moved without training again; what is kept is a function of
 * the parameters and changes no answer.
 */
import { MAX_MASKED_UNITS, type SubnetworksParams } from '../protocol/studyParams';
import type { LossCurves, SubnetworksResult, Thumbnail } from '../protocol/studyResults';
import { askAll, Crowd, countKept, drawMaskId, expectedDistinct, probabilityByKept } from './crowd';
import { CurveRecorder } from './curves';
import { streamKey } from './keys';
import type { Net } from './net';
import type { JobUpdate, Study } from './study';
import { INVERTED } from './technique';
import { type StepRecord, Training } from './training';

const NUM_BINS = 40;
const NUM_POINTS = 80;
/** Half the side of the square that surfaces cover. */
const DOMAIN = 2;
/** Up to so many masks the mean surface is of all of them. */
const MAX_MEAN_MASKS = 1024;

interface TrainingFacts {
  readonly trainedSteps: number;
  readonly curves: LossCurves;
  readonly trainAccuracy: number;
  readonly testAccuracy: number;
  readonly maskDraws: number;
  readonly distinctTrained: number;
  readonly distinctStep: readonly number[];
  readonly distinctCurve: readonly number[];
}

interface Trained {
  readonly net: Net;
  readonly facts: TrainingFacts;
}

/** Counts the different masks that a training has used: one a row, over all hidden layers. */
class MaskCensus {
  private readonly isSeen: Uint8Array;
  draws = 0;
  distinct = 0;
  readonly step: number[] = [0];
  readonly curve: number[] = [0];

  constructor(
    private readonly numMasked: number,
    private readonly interval: number,
  ) {
    this.isSeen = new Uint8Array(2 ** numMasked);
  }

  take({ gate, pass, examples }: StepRecord, step: number): void {
    for (let row = 0; row < examples.length; row++) {
      const maskId = this.maskOfRow(gate.masks, pass.activations, row, examples.length);
      this.distinct += 1 - (this.isSeen[maskId] as number);
      this.isSeen[maskId] = 1;
    }
    this.draws += examples.length;
    if (step % this.interval !== 0) return;
    this.step.push(step);
    this.curve.push(this.distinct);
  }

  private maskOfRow(masks: readonly (Uint8Array | null)[], activations: readonly Float64Array[], row: number, rows: number): number {
    let maskId = 0;
    let firstUnit = 0;
    for (let layerIndex = 1; firstUnit < this.numMasked; layerIndex++) {
      const units = (activations[layerIndex]?.length ?? 0) / rows;
      const mask = masks[layerIndex];
      for (let unit = 0; unit < units; unit++) maskId |= (mask ? (mask[row * units + unit] as number) : 1) << (firstUnit + unit);
      firstUnit += units;
    }
    return maskId;
  }
}

function* train(params: SubnetworksParams): Generator<JobUpdate<SubnetworksResult>, Trained, void> {
  const { dataset, hidden, activation, p, batchSize, learningRate, steps, seed, output } = params;
  const training = new Training(
    {
      ...{ dataset, hidden, activation, p, batchSize, learningRate, steps, seed },
      momentum: 0.9,
      numOutputs: output === 'softmax' ? 2 : 1,
      zeroLayer: null,
    },
    INVERTED,
  );
  const curves = new CurveRecorder(training);
  const census = new MaskCensus(maskedUnits(params), Math.max(1, Math.floor(steps / NUM_POINTS)));
  const read = (): Trained => ({
    net: training.net,
    facts: {
      trainedSteps: training.step,
      curves: curves.read(),
      trainAccuracy: training.score('train').accuracy,
      testAccuracy: training.score('test').accuracy,
      maskDraws: census.draws,
      distinctTrained: census.distinct,
      distinctStep: [...census.step],
      distinctCurve: [...census.curve],
    },
  });
  while (training.step < steps && training.nonFiniteStep === null) {
    const record = training.advance();
    curves.take(record.loss);
    census.take(record, training.step);
    yield { share: (0.9 * training.step) / steps, peek: () => resultOf(params, read(), null) };
  }
  return read();
}

function maskedUnits({ hidden }: SubnetworksParams): number {
  return hidden.reduce((sum, units) => sum + units, 0);
}

function resultOf(params: SubnetworksParams, { facts }: Trained, crowd: SubnetworksResult['crowd']): SubnetworksResult {
  const numMasked = maskedUnits(params);
  return {
    ...facts,
    totalSteps: params.steps,
    numMasked,
    numMasks: 2 ** numMasked,
    expectedDistinct: expectedDistinct(numMasked, params.p, facts.maskDraws),
    crowd,
  };
}

interface Wall {
  readonly thumbnails: readonly Omit<Thumbnail, 'prediction'>[];
  readonly meanSurface: Float32Array;
  readonly meanSurfaceMasks: number;
  readonly scaledSurface: Float32Array;
}

/** Chooses the masks to draw: all when there are no more, else the first different ones of a fresh stream of draws. */
function chooseMasks({ p, seed, thumbnails }: SubnetworksParams, numMasked: number): number[] {
  if (thumbnails === 0) return [];
  if (2 ** numMasked <= thumbnails) return Array.from({ length: 2 ** numMasked }, (_, maskId) => maskId);
  const chosen = new Set<number>();
  const key = streamKey(seed, 'choice');
  for (let pass = 0; pass < 50 * thumbnails && chosen.size < thumbnails; pass++) chosen.add(drawMaskId(key, p, numMasked, pass));
  return [...chosen];
}

/** Paints the decision surfaces of the chosen masks, their mean and that of the eval pass, one row of cells a turn. */
function* paintWall(params: SubnetworksParams, net: Net): Generator<JobUpdate<SubnetworksResult>, Wall, void> {
  const { p, thumbnailSide: side } = params;
  const crowd = new Crowd(net, p);
  const numMasks = 2 ** crowd.numMasked;
  const chosen = chooseMasks(params, crowd.numMasked);
  const probability = probabilityByKept(crowd.numMasked, p);
  const isAll = numMasks <= MAX_MEAN_MASKS;
  const averaged = isAll ? Array.from({ length: numMasks }, (_, maskId) => maskId) : chosen;
  const weightOf = (maskId: number) => (isAll ? (probability[countKept(maskId)] as number) : 1 / chosen.length);
  const surfaces = chosen.map(() => new Float32Array(side * side));
  const meanSurface = new Float32Array(side * side);
  const scaledSurface = new Float32Array(side * side);
  for (let cell = 0; cell < side * side; cell++) {
    const [row, column] = [Math.floor(cell / side), cell % side];
    crowd.look(-DOMAIN + (2 * DOMAIN * column) / (side - 1), DOMAIN - (2 * DOMAIN * row) / (side - 1));
    for (const [index, maskId] of chosen.entries()) (surfaces[index] as Float32Array)[cell] = crowd.predict(maskId);
    meanSurface[cell] = averaged.reduce((sum, maskId) => sum + weightOf(maskId) * crowd.predict(maskId), 0);
    scaledSurface[cell] = crowd.predict(null);
    yield { share: 0.9 + (0.09 * cell) / (side * side) };
  }
  const thumbnails = chosen.map((maskId, index) => ({
    maskId,
    kept: countKept(maskId),
    probability: probability[countKept(maskId)] as number,
    surface: surfaces[index] as Float32Array,
  }));
  return { thumbnails, meanSurface, meanSurfaceMasks: averaged.length, scaledSurface };
}

/** Asks the crowd about (x, y). */
function question(params: SubnetworksParams, net: Net, wall: Wall): NonNullable<SubnetworksResult['crowd']> {
  const { p, x, y, passes, seed, hidden, activation, thumbnailSide } = params;
  const crowd = new Crowd(net, p).look(x, y);
  const verdict = askAll(crowd, p, NUM_BINS);
  const passKey = streamKey(seed, 'passes');
  let sum = 0;
  return {
    ...verdict,
    maskProbability: probabilityByKept(crowd.numMasked, p),
    weightScaling: crowd.predict(null),
    isExact: hidden.length === 1 || activation === 'linear',
    passMeans: Float64Array.from({ length: passes }, (_, pass) => {
      sum += verdict.predictions[drawMaskId(passKey, p, crowd.numMasked, pass)] as number;
      return sum / (pass + 1);
    }),
    passError: Float64Array.from({ length: passes }, (_, pass) => verdict.sd / Math.sqrt(pass + 1)),
    ...wall,
    thumbnails: wall.thumbnails.map((thumbnail) => ({ ...thumbnail, prediction: verdict.predictions[thumbnail.maskId] as number })),
    side: thumbnailSide,
  };
}

/** The newest answer that does not depend on the place, and what it is the answer to. */
let latest: { readonly id: string; readonly trained: Trained; readonly wall: Wall } | null = null;

export const subnetworksStudy: Study<'subnetworks', SubnetworksResult> = {
  name: 'subnetworks',
  check(params) {
    const units = maskedUnits(params);
    if (units > MAX_MASKED_UNITS) throw new RangeError(`hidden must add up to at most ${MAX_MASKED_UNITS} units, got ${units}`);
  },
  jobs: () => [1],
  *run(params) {
    const id = JSON.stringify({ ...params, x: 0, y: 0, passes: 0 });
    if (latest?.id !== id) {
      const trained = yield* train(params);
      const wall = yield* paintWall(params, trained.net);
      latest = { id, trained, wall };
    }
    const { trained, wall } = latest;
    return resultOf(params, trained, question(params, trained.net, wall));
  },
  reduce: (_, [partial]) => partial as SubnetworksResult,
};
