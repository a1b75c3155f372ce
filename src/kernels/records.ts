/**
 * The records of assembly/layout.ts in an instance: written once from a plan, and again where live settings say so.
 *
 * Nothing but the core and this file reads or writes their fields.
 */
import type { LayerPlan, NetworkPlan } from './arena';
import * as at from './assembly/layout';
import type { CoreInstance } from './core';
import { type DropRecord, dropRecord } from './dropRecord';
import { ACTIVATION_NAMES, type LiveSpec, LOSS_NAMES, type NetworkSpec, OPTIMIZER_NAMES } from './networkTypes';

export class Records {
  constructor(
    private readonly instance: CoreInstance,
    private readonly plan: NetworkPlan,
    private readonly spec: NetworkSpec,
  ) {}

  getNet(field: number): number {
    return this.instance.i32[(this.plan.net + field) / 4] as number;
  }
  setNet(field: number, value: number): void {
    this.instance.i32[(this.plan.net + field) / 4] = value;
  }
  getNetF32(field: number): number {
    return this.instance.f32[(this.plan.net + field) / 4] as number;
  }
  setNetF32(field: number, value: number): void {
    this.instance.f32[(this.plan.net + field) / 4] = value;
  }
  getNetF64(field: number): number {
    return this.instance.f64[(this.plan.net + field) / 8] as number;
  }
  setNetF64(field: number, value: number): void {
    this.instance.f64[(this.plan.net + field) / 8] = value;
  }
  getLayer(l: number, field: number): number {
    return this.instance.i32[(this.plan.net + at.NET_BYTES + at.LAYER_BYTES * l + field) / 4] as number;
  }
  private setLayer(l: number, field: number, value: number): void {
    this.instance.i32[(this.plan.net + at.NET_BYTES + at.LAYER_BYTES * l + field) / 4] = value;
  }
  private setLayerF32(l: number, field: number, value: number): void {
    this.instance.f32[(this.plan.net + at.NET_BYTES + at.LAYER_BYTES * l + field) / 4] = value;
  }

  /** Writes all that never changes. */
  writeFixed(numTrain: number): void {
    const { plan, spec } = this;
    this.setNet(at.NET_NUM_LINKS, plan.layers.length - 1);
    this.setNet(at.NET_LOSS, LOSS_NAMES.indexOf(spec.loss));
    this.setNet(at.NET_ACTIVATION, ACTIVATION_NAMES.indexOf(spec.activation));
    this.setNet(at.NET_OPTIMIZER, OPTIMIZER_NAMES.indexOf(spec.optimizer));
    this.setNet(at.NET_BATCH, spec.batchSize);
    this.setNet(at.NET_NUM_EXAMPLES, numTrain);
    this.setNet(at.NET_SHUFFLE, spec.shuffle ? 1 : 0);
    this.setNet(at.NET_SEED, spec.seed);
    this.setNet(at.NET_DATA, plan.trainInputs);
    this.setNet(at.NET_TARGETS, plan.trainTargets);
    this.setNet(at.NET_ORDER, plan.order);
    this.setNet(at.NET_ORDER_EPOCH, -1);
    this.setNet(at.NET_KEY_GROUP, -1);
    this.setNet(at.NET_BATCH_TARGETS, plan.batchTargets);
    this.setNet(at.NET_BATCH_EXAMPLES, plan.batchExamples);
    this.setNet(at.NET_GRADIENT_OFFSET, plan.gradients - plan.state);
    this.setNet(at.NET_MOMENT_OFFSET, plan.parameterBytes);
    this.setNet(at.NET_VARIANCE_OFFSET, 2 * plan.parameterBytes);
    this.setNet(at.NET_POWERS, plan.powers);
    this.setNet(at.NET_SCRATCH, plan.scratch);
    this.setNet(at.NET_ZERO, plan.zero);
    this.setNet(at.NET_KEYS, plan.keys);
    this.setNet(at.NET_TERMS, plan.terms);
    this.setNet(at.NET_ROOM, plan.room);
    this.setNet(at.NET_PREDICTIONS, plan.predictions);
    for (const [l, layer] of plan.layers.entries()) this.writeLayer(l, layer);
  }

  /** Writes what live settings decide. Errors: RangeError for a drop probability. */
  writeLive(live: LiveSpec): void {
    const drops = this.plan.layers.slice(0, -1).map((_, l) => dropRecord(live.mode, live.dropProbabilities[l] ?? 0));
    for (const [l, drop] of drops.entries()) this.writeDrop(l, drop, live);
    this.setNet(at.NET_HAS_WEIGHT_MASKS, live.mode === 'dropconnect' ? 1 : 0);
    this.setNet(at.NET_KEY_GROUP, -1);
    this.setNetF32(at.NET_RATE, live.learningRate);
    this.setNetF32(at.NET_MOMENTUM, live.momentum);
    this.setNetF32(at.NET_WEIGHT_DECAY, live.weightDecay);
    this.setNetF32(at.NET_MAX_NORM, live.maxNorm);
  }

  private writeLayer(l: number, layer: LayerPlan): void {
    const isHidden = l > 0 && layer.link !== null;
    const a = isHidden && this.spec.activation !== 'linear' ? layer.a : layer.z;
    this.setLayer(l, at.LAYER_UNITS, layer.units);
    this.setLayer(l, at.LAYER_COLUMNS, layer.columns);
    this.setLayer(l, at.LAYER_LD, layer.ld);
    this.setLayer(l, at.LAYER_Z, layer.z);
    this.setLayer(l, at.LAYER_A, a);
    this.setLayer(l, at.LAYER_OUT, a);
    this.setLayer(l, at.LAYER_GRAD, layer.link ? layer.grad : layer.delta);
    this.setLayer(l, at.LAYER_DELTA, layer.delta);
    this.setLayer(l, at.LAYER_MASK, layer.mask);
    this.setLayer(l, at.LAYER_NOISE, layer.noise);
    this.setLayer(l, at.LAYER_EVAL, layer.evalOut);
    this.setLayer(l, at.LAYER_CHUNK, layer.chunk);
    this.setLayer(l, at.LAYER_FACTOR, layer.factor);
    this.setLayer(l, at.LAYER_TERM, layer.term);
    this.setLayerF32(l, at.LAYER_EVAL_SCALE, 1);
    if (!layer.link) return;
    this.setLayer(l, at.LINK_W, layer.link.weights);
    this.setLayer(l, at.LINK_LD, layer.link.ld);
    this.setLayer(l, at.LINK_BIAS, layer.link.bias);
    this.setLayer(l, at.LINK_MASK, layer.link.mask);
    this.setLayer(l, at.LINK_MASKED, layer.link.masked);
    this.setLayer(l, at.LINK_MC_MASK, layer.link.mcMask);
  }

  private writeDrop(l: number, drop: DropRecord, live: LiveSpec): void {
    const layer = this.plan.layers[l] as LayerPlan;
    this.setLayer(l, at.LAYER_DROP, drop.kind);
    this.setLayer(l, at.LAYER_OUT, drop.kind === at.DROP_NONE ? this.getLayer(l, at.LAYER_A) : layer.out);
    this.setLayer(l, at.LAYER_THRESHOLD, drop.threshold);
    this.setLayerF32(l, at.LAYER_SCALE, drop.kind === at.DROP_NONE ? 1 : drop.scale);
    this.setLayerF32(l, at.LAYER_SHIFT, drop.shift);
    this.setLayerF32(l, at.LAYER_DROPPED, drop.dropped);
    this.setLayerF32(l, at.LAYER_SIGMA, drop.sigma);
    this.setLayerF32(l, at.LAYER_EVAL_SCALE, drop.evalScale);
    this.setLayer(l, at.LAYER_CHANNEL, live.mode === 'spatial' ? this.spec.channelSize : 1);
    this.setLayer(l, at.LAYER_SHARED, live.maskScope === 'batch' ? 1 : 0);
    this.setLayer(l, at.LINK_DROP, !drop.masksWeights ? 0 : live.maskScope === 'batch' ? 1 : 2);
    this.setLayer(l, at.LINK_THRESHOLD, drop.threshold);
    this.setLayerF32(l, at.LINK_SCALE, drop.scale);
  }
}
