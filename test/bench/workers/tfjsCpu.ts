/** Contender: TensorFlow.js, plain JavaScript backend. */
import * as tf from '@tensorflow/tfjs';
import { serveContender } from '../lib/contender';
import { createTfjsContender } from '../lib/tfjsContender';

serveContender(
  createTfjsContender(async () => {
    if (!(await tf.setBackend('cpu'))) throw new Error('the cpu backend of TensorFlow.js did not start');
  }),
);
