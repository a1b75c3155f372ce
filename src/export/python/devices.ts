/** How a sweep is cut among the devices that JAX has: one text for the lab's sweep and for those of the chapters' studies. */

export const SPREAD = `def spread(arrays):
    """Cut arrays evenly among all devices along their first dimension, filled up with repeats of the first row."""
    devices = jax.devices()
    mesh = jax.sharding.Mesh(np.array(devices), ("runs",))
    sharding = jax.sharding.NamedSharding(mesh, jax.sharding.PartitionSpec("runs"))
    filled = jax.tree.map(lambda a: np.concatenate([a, np.repeat(a[:1], -len(a) % len(devices), axis=0)]), arrays)
    return jax.device_put(filled, sharding)`;
