"""Executes the short codes of one framework on small data and checks what they leave behind.

Reads a list of cases as JSON from standard input: name, code, loss, inputs, passes, varies. Exits with 1 if one fails.
"""

import json
import sys
import traceback

import numpy as np

framework = sys.argv[1]


def draw_data(loss, inputs):
    """Return x, y and x_test in the types that the framework takes."""
    rng = np.random.default_rng(3)
    x, x_test = (rng.standard_normal((n, inputs)).astype(np.float32) for n in (50, 11))
    y = rng.integers(0, 10, 50).astype(np.int32) if loss == "softmax" else rng.integers(0, 2, (50, 1)).astype(np.float32)
    if framework == "torch":
        import torch

        return torch.tensor(x), torch.tensor(y).long() if loss == "softmax" else torch.tensor(y), torch.tensor(x_test)
    return x, y, x_test


def check(case):
    """Execute one code; raise if what it computes is not a prediction, or does not vary as it should."""
    x, y, x_test = draw_data(case["loss"], case["inputs"])
    if framework == "tf1":
        import tensorflow.compat.v1 as tf

        tf.reset_default_graph()
    scope = dict(x=x, y=y, x_test=x_test, __name__="idiom")
    exec(compile(case["code"], case["name"], "exec"), scope)
    prediction = np.asarray(scope["prediction"])
    outputs = 10 if case["loss"] == "softmax" else 1
    assert prediction.shape == (11, outputs), f"prediction has shape {prediction.shape}"
    assert np.isfinite(prediction).all(), "prediction is not finite"
    if case["loss"] == "softmax":
        assert np.allclose(prediction.sum(1), 1, atol=1e-4), "probabilities do not add up to 1"
    if case["varies"] is None:
        return
    passes, variance = np.asarray(scope["passes"]), np.asarray(scope["variance"])
    assert passes.shape == (case["passes"], 11, outputs), f"passes have shape {passes.shape}"
    assert np.isfinite(passes).all(), "a pass is not finite"
    assert np.allclose(np.asarray(scope["mean"]), passes.mean(0), atol=1e-5), "mean is not the mean of the passes"
    assert bool(variance.max() > 1e-9) == case["varies"], f"largest variance over the passes is {variance.max()}"


failed = 0
cases = json.load(sys.stdin)
for case in cases:
    try:
        check(case)
    except Exception:
        failed += 1
        print(f"FAILED {framework}: {case['name']}")
        print(case["code"])
        traceback.print_exc(file=sys.stdout)
print(f"{framework}: {len(cases) - failed} of {len(cases)} short codes run")
sys.exit(1 if failed else 0)
