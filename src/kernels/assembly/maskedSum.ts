/** Sums of weights under a mask that is never stored: the mask is what random words are below a threshold. */

/**
 * Adds Σ w[i] over the words whose upper 23 bits are below `threshold` to the f64 at `out`; returns how many there were.
 * Each weight is widened before it is added, and the order of addition is fixed: two chains over even and odd pairs, then the tail.
 */
export function addMasked(words: usize, weights: usize, count: i32, threshold: i32, out: usize): i32 {
  const t = i32x4.splat(threshold);
  let low = f64x2.splat(0);
  let high = f64x2.splat(0);
  let kept = i32x4.splat(0);
  const vectors = count >> 2;
  for (let n = 0; n < vectors; n++) {
    const mask = i32x4.lt_s(v128.shr<u32>(v128.load(words), 9), t);
    const w = v128.and(mask, v128.load(weights));
    kept = i32x4.sub(kept, mask);
    low = f64x2.add(low, f64x2.promote_low_f32x4(w));
    high = f64x2.add(high, f64x2.promote_low_f32x4(v128.shuffle<i32>(w, w, 2, 3, 0, 1)));
    words += 16;
    weights += 16;
  }
  const sums = f64x2.add(low, high);
  let sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  let total = i32x4.extract_lane(kept, 0) + i32x4.extract_lane(kept, 1) + i32x4.extract_lane(kept, 2) + i32x4.extract_lane(kept, 3);
  for (let n = vectors << 2; n < count; n++) {
    if (<i32>(load<u32>(words) >> 9) < threshold) {
      sum += load<f32>(weights);
      total++;
    }
    words += 4;
    weights += 4;
  }
  store<f64>(out, load<f64>(out) + sum);
  return total;
}
