/** The closing part of every script: train, compare each step with the page, say plainly whether this is the same run. */
import type { Section } from './experiment';
import type { Plan } from './plan';
import { indent, lines } from './text';

/** A repetition may differ by this much, relative: float32 sums in another order, and nothing else. */
const TOLERANCE = '1e-4';

function masksFunction(plan: Plan): string {
  const { maskModes, hasDropConnect, modes } = plan;
  const isMixed = modes.length > 1;
  const units = 'yield layer, np.asarray(draw_mask(step, layer, size, s), np.uint8)';
  const weights = 'yield layer, np.asarray(draw_weight_mask(step, layer, size, s), np.uint8)';
  const modeList = `(${maskModes.map((mode) => `"${mode}",`).join(' ')})`;
  return lines(
    'def masks_of(step):',
    '    """Yield every mask that a training step draws, with its layer."""',
    '    s, size = settings_at(step), len(batch(step))',
    '    for layer, p in enumerate(s.p):',
    maskModes.length > 0 && [isMixed ? `        if p > 0 and s.mode in ${modeList}:` : '        if p > 0:', indent(units, 3)],
    hasDropConnect && [isMixed ? '        if p > 0 and s.mode == "dropconnect":' : '        if p > 0:', indent(weights, 3)],
  );
}

export const DIFFERENCE = `def difference_of(loss, wanted):
    """Return the relative difference; losses below 0.01, where float32 runs out of digits, count as 0.01."""
    return abs(loss - wanted) / max(abs(wanted), 0.01)`;

const CHECKSUM = `def mask_checksum(step):
    """Return the CRC-32 of all masks of a step; None if it draws none."""
    masks = [mask.tobytes() for _, mask in masks_of(step)]
    return f"{zlib.crc32(b''.join(masks)):08x}" if masks else None


def show_masks(step):
    """Print the masks of a training step: 1 = kept, one row per example."""
    for layer, mask in masks_of(step):
        print(f"step {step}, layer {layer}, p = {settings_at(step).p[layer]}")
        for row in mask.reshape(-1, mask.shape[-1]):
            print(" ", *row)
    print(f"checksum of the step: {mask_checksum(step)}")`;

function noiseMeanFunction(plan: Plan): string {
  const condition = plan.modes.length > 1 ? 'p > 0 and s.mode == "gaussian"' : 'p > 0';
  return lines(
    'def noise_mean(step):',
    '    """Return the mean of all Gaussian multipliers of a step; None if it draws none."""',
    '    s, size = settings_at(step), len(batch(step))',
    `    dropped = [layer for layer, p in enumerate(s.p) if ${condition}]`,
    '    noises = [np.ravel(draw_noise(step, layer, size, s)) for layer in dropped]',
    '    return float(np.mean(np.concatenate(noises), dtype=np.float64)) if noises else None',
  );
}

function checkStep(plan: Plan, hasMasks: boolean, hasNoise: boolean): string {
  const { evaluation } = plan.record;
  return lines(
    'problems, largest, drifted = [f"{name}: not the numbers that the page exported" for name in SPOILED], 0.0, None',
    'for step in range(steps):',
    '    loss = train_step(step)',
    '    if step >= len(LOSSES):',
    '        continue  # beyond what was recorded: trained, not checked',
    '    difference = difference_of(loss, LOSSES[step])',
    '    largest = max(largest, difference)',
    '    if not difference <= TOLERANCE:',
    '        problems.append(f"step {step}: loss {loss:.6f} here, {LOSSES[step]:.6f} on the page")',
    '        drifted = step if drifted is None else drifted',
    hasMasks && [
      '    if mask_checksum(step) != MASK_CHECKSUMS[step]:',
      '        problems.append(f"step {step}: masks {mask_checksum(step)} here, {MASK_CHECKSUMS[step]} on the page")',
    ],
    hasNoise && [
      '    if (noise_mean(step) is None) != (NOISE_MEANS[step] is None):',
      '        problems.append(f"step {step}: noise here or on the page, but not on both")',
      '    elif NOISE_MEANS[step] is not None and not abs(noise_mean(step) - NOISE_MEANS[step]) <= 1e-5:',
      '        problems.append(f"step {step}: mean noise {noise_mean(step)} here, {NOISE_MEANS[step]} on the page")',
    ],
    '    if step % 10 == 9 or step == steps - 1:',
    '        print(f"step {step:>4}   loss {loss:.7f}   on the page {LOSSES[step]:.7f}   difference {difference:.1e}")',
    evaluation && [
      '    if step + 1 == EVALUATION["step"]:',
      '        for name, x, y in ("train", TRAIN_X, TRAIN_Y), ("test", TEST_X, TEST_Y):',
      '            loss, wanted = evaluate(x, y, settings_at(step)), EVALUATION[name]',
      '            print(f"masks off, whole {name} set: loss {loss:.7f}, on the page {wanted:.7f}")',
      '            if not difference_of(loss, wanted) <= TOLERANCE:',
      '                problems.append(f"masks off, {name} set: loss {loss:.6f} here, {wanted:.6f} on the page")',
    ],
  );
}

/** Writes `repeat_run(steps)`, which trains, compares and says the closing word, and the functions it needs. */
export function checkSection(plan: Plan): Section {
  const { checks } = plan.record;
  const hasMasks = checks.some((check) => check.masks !== null);
  const hasNoise = checks.some((check) => check.noise !== null);
  const maskWord = hasMasks ? 'all masks are equal bit for bit' : hasNoise ? 'the noise is equal to 1e-5' : 'no masks were drawn';
  const canDraw = plan.maskModes.length > 0 || plan.hasDropConnect;
  return {
    title: 'Repeat the run and compare',
    prose: `Losses may differ by ${TOLERANCE} relative, since sums of float32 numbers depend on their order; masks may not differ at all.`,
    code: lines(
      `TOLERANCE = ${TOLERANCE}`,
      '',
      '',
      DIFFERENCE,
      canDraw && ['', '', masksFunction(plan), '', '', CHECKSUM],
      hasNoise && ['', '', noiseMeanFunction(plan)],
      '',
      '',
      'def repeat_run(steps):',
      '    """Train, compare each step with the page, and return whether this is the same run."""',
      indent(checkStep(plan, hasMasks, hasNoise)),
      '    if problems:',
      '        print(f"DIFFERENT: this is not the run of the page. {len(problems)} differences, the first of them:")',
      '        print(*problems[:5], sep="\\n")',
      '        if drifted is not None and drifted >= 10 and all("loss" in problem for problem in problems):',
      '            print(f"Masks and the first {drifted} losses agree: this run is so wild that the last bits of float32 grow.")',
      '            print("Try a lower learning rate.")',
      '        return False',
      '    count = min(steps, len(LOSSES))',
      '    agreement = f"{count} losses agree with the page within {largest:.1e} (allowed {TOLERANCE})"',
      `    print(f"THE SAME RUN: {agreement}, and ${maskWord}.")`,
      '    return True',
    ),
  };
}

/** Writes the command line of a script. */
export function mainCode(plan: Plan): string {
  const canDraw = plan.maskModes.length > 0 || plan.hasDropConnect;
  return lines(
    'if __name__ == "__main__":',
    '    parser = argparse.ArgumentParser(description="Repeats a run of Dropout Lab and checks itself against it.")',
    `    parser.add_argument("--steps", type=int, default=${plan.record.checks.length}, help="how many steps to train")`,
    canDraw && '    parser.add_argument("--mask", type=int, metavar="STEP", help="print the masks of this step instead")',
    '    arguments = parser.parse_args()',
    '    if arguments.steps < 1:',
    '        parser.error("--steps must be 1 or more: nothing is the same as nothing")',
    canDraw && [
      '    if arguments.mask is not None:',
      '        if arguments.mask < 0:',
      '            parser.error("--mask must be 0 or more")',
      '        sys.exit(show_masks(arguments.mask))',
    ],
    '    sys.exit(0 if repeat_run(arguments.steps) else 1)',
  );
}
