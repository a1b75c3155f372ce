/** Contender: TensorFlow.js, WebAssembly SIMD backend. */
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import plainAddress from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdAddress from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedAddress from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import { serveContender } from '../lib/contender';
import { createTfjsContender } from '../lib/tfjsContender';

setWasmPaths({
  'tfjs-backend-wasm.wasm': plainAddress,
  'tfjs-backend-wasm-simd.wasm': simdAddress,
  'tfjs-backend-wasm-threaded-simd.wasm': threadedAddress,
});

serveContender(
  createTfjsContender(async () => {
    if (!(await tf.setBackend('wasm'))) throw new Error('the wasm backend of TensorFlow.js did not start');
    if (!(await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT'))) throw new Error('the wasm backend of TensorFlow.js found no SIMD');
  }),
);
