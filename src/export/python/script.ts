/** Puts the parts of a framework together: as one script, or as a notebook of the same. The public face of the Python exports. */
import type { RunRecord } from '../record';
import { checkSection, mainCode } from './check';
import { dataSection, expectedSection } from './data';
import { dropoutSection } from './dropout';
import { experimentSection, introduce, type Section, writeSection } from './experiment';
import { jaxNetwork, jaxTraining } from './jax';
import { kerasNetwork, kerasTraining } from './keras';
import { isPlainDropout, nnxNetwork, nnxTraining } from './nnx';
import { numpyNetwork, numpyTraining } from './numpy';
import { createPlan, type Framework, type Plan } from './plan';
import { jaxRandomSection, orderSection, threefrySection } from './random';
import { lines, wrapProse } from './text';
import { torchNetwork, torchTraining } from './torch';

const STANDARD_IMPORTS = ['argparse', 'base64', 'functools', 'math', 'sys', 'zlib'];

const IMPORTS: Readonly<Record<Framework, readonly string[]>> = {
  numpy: ['import numpy as np'],
  torch: ['import numpy as np', 'import torch', 'from torch import nn', 'from torch.nn import functional as F'],
  keras: ['import keras', 'import numpy as np', 'from keras import ops'],
  jax: ['import jax', 'import jax.numpy as jnp', 'import numpy as np'],
  nnx: ['import jax', 'import jax.numpy as jnp', 'import numpy as np', 'import optax', 'from flax import nnx'],
};

const PARTS: Readonly<Record<Framework, { network: (plan: Plan) => Section; training: (plan: Plan) => Section }>> = {
  numpy: { network: numpyNetwork, training: numpyTraining },
  torch: { network: torchNetwork, training: torchTraining },
  keras: { network: kerasNetwork, training: kerasTraining },
  jax: { network: jaxNetwork, training: jaxTraining },
  nnx: { network: nnxNetwork, training: nnxTraining },
};

/** Returns the parts of a script in reading order: what is taught first, the cargo after it. */
function createSections(plan: Plan, framework: Framework): Section[] {
  const isJax = framework === 'jax' || framework === 'nnx';
  const { network, training } = PARTS[framework];
  return [
    experimentSection(plan),
    isJax ? jaxRandomSection() : threefrySection(plan),
    dropoutSection(plan, isJax ? 'jnp' : 'np', framework === 'nnx' && isPlainDropout(plan)),
    network(plan),
    dataSection(plan),
    orderSection(isJax),
    training(plan),
    expectedSection(plan),
    checkSection(plan),
  ].filter(({ code }) => code !== '');
}

function importCode(framework: Framework, body: string, standard: readonly string[]): string {
  const used = standard.filter((name) => body.includes(`${name}.`));
  return lines(...used.map((name) => `import ${name}`), 'from typing import NamedTuple', '', ...IMPORTS[framework]);
}

/**
 * Returns a complete Python script that repeats a run in a framework, checks itself against the record and exits with 1 if it differs.
 * `file` is the name that it will be saved under, for its own words on how to run it.
 */
export function createScript(record: RunRecord, framework: Framework, file = scriptFileName(framework)): string {
  const plan = createPlan(record);
  const { title, text } = introduce(plan, framework);
  const sections = createSections(plan, framework);
  const body = sections.map(writeSection);
  const main = mainCode(plan);
  const usage = lines(
    `    python ${file}             trains, and checks itself against the numbers exported with it`,
    main.includes('--mask') && `    python ${file} --mask 17   prints the masks of training step 17`,
  );
  return [
    lines(`"""${title}.`, '', ...wrapProse(text), '', usage, '"""'),
    importCode(framework, [...body, main].join('\n'), STANDARD_IMPORTS),
    ...body.map((part) => `\n${part}`),
    `\n${main}`,
  ]
    .join('\n\n')
    .replace(/\n{4,}/g, '\n\n\n')
    .concat('\n');
}

/** Returns the name under which a script is saved. */
export function scriptFileName(framework: Framework, extension: 'py' | 'ipynb' = 'py'): string {
  return `dropout_lab_${framework}.${extension}`;
}

interface Cell {
  readonly cell_type: 'markdown' | 'code';
  readonly source: string;
}

/** Returns the same as a notebook (nbformat 4.5, as JSON text): prose in Markdown cells, each part in its own code cell, checks at the end. */
export function createNotebook(record: RunRecord, framework: Framework): string {
  const plan = createPlan(record);
  const { title, text } = introduce(plan, framework);
  const sections = createSections(plan, framework);
  const code = sections.map((section) => section.code).join('\n');
  const cells: Cell[] = [
    { cell_type: 'markdown', source: `# ${title}\n\n${text}` },
    { cell_type: 'code', source: importCode(framework, code, STANDARD_IMPORTS) },
    ...sections.flatMap((section): Cell[] => [
      { cell_type: 'markdown', source: `## ${section.title}\n\n${section.prose}` },
      { cell_type: 'code', source: section.code },
    ]),
    { cell_type: 'code', source: `assert repeat_run(${record.checks.length})` },
  ];
  if (code.includes('def show_masks')) cells.push({ cell_type: 'code', source: 'show_masks(0)' });
  return `${JSON.stringify(
    {
      cells: cells.map(({ cell_type, source }, index) => ({
        id: `cell-${index}`,
        cell_type,
        metadata: {},
        source: source.split(/(?<=\n)/),
        ...(cell_type === 'code' ? { execution_count: null, outputs: [] } : {}),
      })),
      metadata: {
        kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' },
        language_info: { name: 'python' },
      },
      nbformat: 4,
      nbformat_minor: 5,
    },
    null,
    1,
  )}\n`;
}
