/**
 * Writes the two pieces of the core that are loops unrolled into registers, which AssemblyScript cannot unroll itself:
 * the register tiles of the matrix product, and threefry over sixteen counters at once.
 *
 * Shape decides speed, never bits: every element of a product is summed over k in one sequential chain, whatever the tile.
 */

const HEADER = '// Written by assembly/generate.mjs. Do not edit.\n';
const COLUMN_BYTES = 16;

const list = (count, make) => Array.from({ length: count }, (_, index) => make(index));

/** One multiply-add of a k step: the tile's rows of A against its columns of B. */
function kStep(rows, columns, loadA, bOffset) {
  const loads = list(columns, (j) => `b${j} = v128.load(b, ${bOffset + j * COLUMN_BYTES});`);
  const sums = list(rows, (i) => [
    `s = ${loadA(i)};`,
    ...list(columns, (j) => `c${i}_${j} = f32x4.add(c${i}_${j}, f32x4.mul(s, b${j}));`),
  ]);
  return [...loads, ...sums.flat()].join(' ');
}

const accumulators = (rows, columns) => list(rows, (i) => list(columns, (j) => `c${i}_${j}`)).flat();

/**
 * C[i][j] = init[j] + Σ_k A[i][k] · B[k][j]: A row by row, k even. Strides in bytes.
 * Used forward (B = weights, init = bias) and backward to the inputs (B = transposed weights, init = zero).
 */
function productTile(rows, columns) {
  const names = accumulators(rows, columns);
  const body = list(2, (u) => [
    `      ${kStep(rows, columns, (i) => `v128.load32_splat(a${i}, ${u * 4})`, 0)}`,
    '      b += ldb;',
  ]).flat();
  return `
export function product${rows}x${columns * 4}(a0: usize, lda: usize, b: usize, ldb: usize, k: i32, init: usize, c: usize, ldc: usize): void {
  ${list(rows - 1, (i) => `let a${i + 1} = a${i} + lda;`).join(' ')}
  ${list(columns, (j) => `let b${j} = v128.load(init, ${j * COLUMN_BYTES});`).join(' ')}
  ${names.map((name) => `let ${name} = b${name.split('_')[1]};`).join(' ')}
  let s: v128;
  for (const end = a0 + (<usize>k << 2); a0 < end; ${list(rows, (i) => `a${i} += 8`).join(', ')}) {
${body.join('\n')}
  }
  ${list(rows, (i) => `${list(columns, (j) => `v128.store(c, c${i}_${j}, ${j * COLUMN_BYTES});`).join(' ')} c += ldc;`).join('\n  ')}
}`;
}

/**
 * G[i][j] = Σ_k A[k][i] · B[k][j], the gradient of weights: A by columns, k = the examples, an even number. Stored to C; or, with
 * the address of a rate, C −= rate · G.
 *
 * The rate is loaded after the sums are done: what is alive beside them in every round pushes them out of their registers.
 */
function outerTile(rows, columns) {
  const names = accumulators(rows, columns);
  const body = list(2, () => `    ${kStep(rows, columns, (i) => `v128.load32_splat(a, ${i * 4})`, 0)} a += lda; b += ldb;`);
  return `
export function outer${rows}x${columns * 4}(a: usize, lda: usize, b: usize, ldb: usize, k: i32, c: usize, ldc: usize, rate: usize): void {
  ${names.map((name) => `let ${name} = f32x4.splat(0);`).join(' ')}
  ${list(columns, (j) => `let b${j}: v128;`).join(' ')}
  let s: v128;
  for (; k > 0; k -= 2) {
${body.join('\n')}
  }
  if (rate) {
    s = v128.load32_splat(rate);
    ${list(rows, (i) => `${list(columns, (j) => `v128.store(c, f32x4.sub(v128.load(c, ${j * COLUMN_BYTES}), f32x4.mul(s, c${i}_${j})), ${j * COLUMN_BYTES});`).join(' ')} c += ldc;`).join('\n    ')}
    return;
  }
  ${list(rows, (i) => `${list(columns, (j) => `v128.store(c, c${i}_${j}, ${j * COLUMN_BYTES});`).join(' ')} c += ldc;`).join('\n  ')}
}`;
}

/** Makes the AssemblyScript source of all tiles: as large as fits into fifteen registers, with what goes into the sums. */
export function tileSource() {
  const products = [5, 4, 3, 2, 1].flatMap((rows) => [productTile(rows, 2), productTile(rows, 1)]);
  return [HEADER, ...products, productTile(6, 1), outerTile(4, 2), outerTile(4, 1), ''].join('\n');
}

const PARITY = '0x1bd11bda';
const ROTATIONS = [
  [13, 15, 26, 6],
  [17, 29, 16, 24],
];

/** x1 rotated left by r: by whole bytes a shuffle, else two shifts. */
function rotate(x, r) {
  if (r === 16) return `v128.swizzle(${x}, i8x16(2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13))`;
  if (r === 24) return `v128.swizzle(${x}, i8x16(1, 2, 3, 0, 5, 6, 7, 4, 9, 10, 11, 8, 13, 14, 15, 12))`;
  return `v128.or(v128.shl<i32>(${x}, ${r}), v128.shr<u32>(${x}, ${32 - r}))`;
}

/** The four rounds of a group, each of all vectors together; `first` stands for the first word before the first of them. */
const rounds = (vectors, group, first = null) =>
  ROTATIONS[group & 1].flatMap((r, index) => [
    ...vectors.map((n) => `x${n} = i32x4.add(${index === 0 && first ? first : `x${n}`}, y${n});`),
    ...vectors.map((n) => `y${n} = v128.xor(${rotate(`y${n}`, r)}, x${n});`),
  ]);

/**
 * Makes a loop of threefry2x32-20 over counters (0, i), so many vectors of four at a time, each round of all of them together so that
 * their latencies overlap. \`counters\` says where vector n comes from, \`finish\` what becomes of the words: JAX draws 32 bits as
 * the two of them xored.
 */
function threefryLoop(name, numVectors, parameters, { before, counters, finish, advance }) {
  const vectors = list(numVectors, (n) => n);
  const lines = [];
  for (let group = 0; group < 5; group++) {
    lines.push(...rounds(vectors, group, group === 0 ? 'k0' : null)); // the first word starts as the same key word in every lane
    lines.push(`t = i32x4.add(k${(group + 2) % 3}, i32x4.splat(${group + 1}));`);
    for (const n of vectors) lines.push(`x${n} = i32x4.add(x${n}, k${(group + 1) % 3}); y${n} = i32x4.add(y${n}, t);`);
  }
  return `
export function ${name}(key0: i32, key1: i32, count: i32, ${parameters}): void {
  const k0 = i32x4.splat(key0); const k1 = i32x4.splat(key1); const k2 = i32x4.splat(key0 ^ key1 ^ ${PARITY});
  ${before}
  for (; count > 0; ${advance}) {
    let t: v128;
    ${vectors.map((n) => `let x${n}: v128; let y${n} = ${counters(n)};`).join(' ')}
    ${lines.join('\n    ')}
    ${finish}
  }
}`;
}

/**
 * Makes \`fold16\`: sixteen \`fold_in\`s at once, each under a key of its own. Keys, and what comes out, lie apart: sixteen first words,
 * then sixteen second words; room for sixteen more is written after them.
 */
function foldSource() {
  const vectors = list(4, (n) => n);
  const key = (part, n) => `v128.load(${['keys', 'keys', 'out'][part]}, ${[0, 64, 128][part] + 16 * n})`;
  const lines = vectors.flatMap((n) => [
    `let x${n} = ${key(0, n)}; let y${n} = ${key(1, n)};`,
    `v128.store(out, v128.xor(v128.xor(x${n}, y${n}), i32x4.splat(${PARITY})), ${128 + 16 * n});`,
    `y${n} = i32x4.add(y${n}, i32x4.add(i32x4.splat(data), i32x4.mul(i32x4(${list(4, (lane) => 4 * n + lane).join(', ')}), i32x4.splat(stride))));`,
  ]);
  for (let group = 0; group < 5; group++) {
    lines.push(...rounds(vectors, group));
    for (const n of vectors) {
      lines.push(`x${n} = i32x4.add(x${n}, ${key((group + 1) % 3, n)});`);
      lines.push(`y${n} = i32x4.add(y${n}, i32x4.add(${key((group + 2) % 3, n)}, i32x4.splat(${group + 1})));`);
    }
  }
  lines.push(...vectors.map((n) => `v128.store(out, x${n}, ${16 * n}); v128.store(out, y${n}, ${64 + 16 * n});`));
  return `
export function fold16(keys: usize, data: i32, stride: i32, out: usize): void {
  ${lines.join('\n  ')}
}`;
}

const word = (n) => `v128.xor(x${n}, y${n})`;
const kept = (n) => `i32x4.lt_s(v128.shr<u32>(${word(n)}, 9), t)`;
const narrow = (a, b) => `i16x8.narrow_i32x4_s(${kept(a)}, ${kept(b)})`;

/** Makes the AssemblyScript source of the generator: raw bits, a mask as bytes, a mask for listed counters, and weight masks as bits. */
export function threefrySource() {
  const fromStart = 'let next = i32x4.add(k1, i32x4.add(i32x4.splat(start), i32x4(0, 1, 2, 3)));';
  const bits = threefryLoop('bitsLoop', 4, 'start: i32, out: usize', {
    before: fromStart,
    counters: (n) => `i32x4.add(next, i32x4.splat(${4 * n}))`,
    finish: list(4, (n) => `v128.store(out, ${word(n)}, ${n * 16});`).join(' '),
    advance: 'count -= 16, out += 64, next = i32x4.add(next, i32x4.splat(16))',
  });
  const mask = threefryLoop('maskLoop', 4, 'start: i32, threshold: i32, out: usize', {
    before: fromStart,
    counters: (n) => `i32x4.add(next, i32x4.splat(${4 * n}))`,
    finish: `t = i32x4.splat(threshold); v128.store(out, i8x16.narrow_i16x8_s(${narrow(0, 1)}, ${narrow(2, 3)}));`,
    advance: 'count -= 16, out += 16, next = i32x4.add(next, i32x4.splat(16))',
  });
  const listed = threefryLoop('listLoop', 4, 'threshold: i32, at: usize', {
    before: '',
    counters: (n) => `i32x4.add(v128.load(at, ${16 * n}), k1)`,
    finish: `t = i32x4.splat(threshold); ${list(4, (n) => `v128.store(at, ${kept(n)}, ${n * 16});`).join(' ')}`,
    advance: 'count -= 16, at += 64',
  });
  const nibbles = threefryLoop('nibbleLoop', 4, 'start: i32, laneStride: i32, threshold: i32, out: usize, stride: usize', {
    before: 'let next = i32x4.add(k1, i32x4.add(i32x4.splat(start), i32x4.mul(i32x4(0, 1, 2, 3), i32x4.splat(laneStride))));',
    counters: (n) => `i32x4.add(next, i32x4.splat(${n}))`,
    finish: `t = i32x4.splat(threshold); ${list(4, (n) => `store<u8>(out, <u8>i32x4.bitmask(${kept(n)})); out += stride;`).join(' ')}`,
    advance: 'count -= 4, next = i32x4.add(next, i32x4.splat(4))',
  });
  return [HEADER, foldSource(), bits, mask, listed, nibbles, ''].join('\n');
}
