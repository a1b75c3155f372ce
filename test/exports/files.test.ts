/** Weights as files, read back by the libraries that they are for. */
import { expect, test } from 'vitest';
import { writeNpz, writeSafetensors } from '../../src/export/weights';
import { EXPERIMENTS, type Experiment } from './experiments';
import { trainExperiment } from './makeRecord';
import { missing, runPython, withFiles } from './python';

const reason = missing(['numpy']);

const READ = `import json, zipfile
import numpy as np
assert zipfile.ZipFile("w.npz").testzip() is None
data = open("w.safetensors", "rb").read()
length = int.from_bytes(data[:8], "little")
header = json.loads(data[8 : 8 + length])
npz = np.load("w.npz")
print(*npz.files)
for name in npz.files:
    start, end = header[name]["data_offsets"]
    same = np.frombuffer(data[8 + length + start : 8 + length + end], "<f4").reshape(header[name]["shape"])
    assert npz[name].dtype == np.float32 and (npz[name] == same).all()
    print(name, npz[name].shape, float(npz[name].ravel()[-1]))`;

test.skipIf(reason !== '')(`NumPy reads the npz, and the safetensors hold the same ${reason}`, async () => {
  const run = await trainExperiment(EXPERIMENTS[0] as Experiment);
  run.train(5, false);
  const parameters = run.parameters();
  const files = { 'w.npz': writeNpz(parameters), 'w.safetensors': writeSafetensors(parameters), 'read.py': READ };
  const { code, output } = await withFiles(files, (folder) => runPython(['read.py'], { folder }));
  expect(code, output).toBe(0);
  expect(output).toContain(`layers.1.weight (8, 12) ${parameters.weights[1]?.at(-1)}`);
  expect(output).toContain(`layers.2.bias (1,) ${parameters.biases[2]?.at(-1)}`);
});
