/** What the bench uses of its peers, which are installed on first use and so cannot be typed from their own files. */

declare module '@tensorflow/tfjs' {
  export class Tensor {
    data(): Promise<Float32Array>;
    dataSync(): Float32Array;
    dispose(): void;
    greater(other: number): Tensor;
    toFloat(): Tensor;
    mean(): Tensor;
  }
  export class Tensor1D extends Tensor {
    readonly rank: 1;
  }
  export class Tensor2D extends Tensor {
    readonly rank: 2;
  }
  export class Scalar extends Tensor {
    readonly rank: 0;
  }
  export class Variable extends Tensor {}
  export interface Optimizer {
    minimize(loss: () => Scalar, returnCost: boolean, variables: Variable[]): Scalar | null;
  }
  export const fused: { matMul(options: { a: Tensor; b: Tensor; bias: Tensor; activation: 'linear' | 'relu' }): Tensor2D };
  export const losses: {
    meanSquaredError(labels: Tensor, predictions: Tensor): Scalar;
    softmaxCrossEntropy(labels: Tensor, logits: Tensor): Scalar;
  };
  export const train: { sgd(learningRate: number): Optimizer };
  export function dropout(x: Tensor, rate: number): Tensor;
  export function ones(shape: number[]): Tensor;
  export function tensor1d(values: Float32Array): Tensor1D;
  export function tensor2d(values: Float32Array, shape: [number, number]): Tensor2D;
  export function variable(initial: Tensor): Variable;
  export function tidy<Result>(run: () => Result): Result;
  export function enableProdMode(): void;
  export function setBackend(name: string): Promise<boolean>;
  export function env(): { getAsync(flag: string): Promise<boolean | number> };
}

declare module '@tensorflow/tfjs-backend-wasm' {
  export function setWasmPaths(paths: Record<string, string>): void;
}

declare module '@jax-js/jax' {
  class JaxArray {
    readonly ref: this;
    add(other: JaxArray | number): JaxArray;
    sub(other: JaxArray | number): JaxArray;
    mul(other: JaxArray | number): JaxArray;
    sum(): JaxArray;
    mean(): JaxArray;
    reshape(shape: number[]): JaxArray;
    slice(index: number): JaxArray;
    astype(type: 'float32'): JaxArray;
    data(): Promise<Float32Array>;
    dispose(): void;
  }
  type Tree = JaxArray | null | readonly Tree[] | { readonly [name: string]: Tree };
  export const numpy: {
    readonly float32: 'float32';
    array(values: Float32Array): JaxArray;
    matmul(a: JaxArray, b: JaxArray): JaxArray;
    square(x: JaxArray): JaxArray;
  };
  export const nn: { relu(x: JaxArray): JaxArray; logSoftmax(x: JaxArray): JaxArray };
  export const lax: { stopGradient(x: JaxArray): JaxArray };
  export const random: {
    key(seed: number): JaxArray;
    split(key: JaxArray, count: number): JaxArray;
    bernoulli(key: JaxArray, p: number, shape: number[]): JaxArray;
  };
  export function jit<Run>(run: Run): Run;
  export function valueAndGrad<Params extends Tree>(run: (params: Params) => JaxArray): (params: Params) => [JaxArray, Params];
  export function blockUntilReady(tree: Tree): Promise<Tree>;
  export function init(device: 'wasm'): Promise<string[]>;
  export function defaultDevice(device: 'wasm'): string;
  export { JaxArray as Array };
}

declare module 'convnetjs' {
  namespace convnetjs {
    class Vol {
      constructor(width: number, height: number, depth: number, fill: number);
      w: Float64Array;
    }
    interface DenseLayer {
      layer_type: 'fc';
      filters: Vol[];
      biases: Vol;
    }
    interface DropoutLayer {
      layer_type: 'dropout';
      dropped: boolean[];
    }
    class Net {
      layers: (DenseLayer | DropoutLayer)[];
      makeLayers(definitions: object[]): void;
      forward(volume: Vol, isTraining: boolean): Vol;
    }
    class SGDTrainer {
      constructor(net: Net, options: object);
      train(volume: Vol, label: number | number[]): object;
    }
  }
  export default convnetjs;
}

declare module 'virtual:probe' {
  /** The compiled probe, base64. */
  export const PROBE: string;
}
