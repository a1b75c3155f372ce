/**
 * Where everything about a network stands in its memory, as byte offsets. TypeScript (which lays a network out) and the core (which
 * runs it) both read this file: it holds plain numbers only, so that both compilers take it.
 *
 * A network is one block of records: NET, then a LAYER record per layer (0 = input), each with the link to the next layer.
 * All matrices are row-major with rows of `ld` bytes: activations [batch, units], weights [inputs, outputs]. Rows are padded to whole
 * vectors of four, and the padding is exactly zero, always.
 */

// NET: one per network. i32 unless said otherwise.
export const NET_NUM_LINKS = 0; // layers − 1
export const NET_LOSS = 4; // see LOSS_*
export const NET_ACTIVATION = 8; // see ACT_*
export const NET_BATCH = 12; // examples per step
export const NET_NUM_EXAMPLES = 16;
export const NET_SHUFFLE = 20; // 1: a new order each epoch; 0: batches are consecutive examples
export const NET_SEED = 24;
export const NET_STEP = 28; // training steps done
export const NET_DATA = 32; // inputs [examples, ld of layer 0]
export const NET_TARGETS = 36; // f32 [examples]
export const NET_ORDER = 40; // u32 [examples], drawn for NET_ORDER_EPOCH
export const NET_ORDER_EPOCH = 44; // −1: none
export const NET_BATCH_TARGETS = 48; // f32 [batch]
export const NET_BATCH_EXAMPLES = 52; // u32 [batch]
export const NET_SIZE = 56; // examples in the batch of the newest pass
export const NET_BATCH_LOSS = 60; // f32: mean loss of the newest pass
export const NET_LOSS_SUM = 64; // f64: sum of mean losses since it was last cleared
export const NET_LOSS_COUNT = 72;
export const NET_OPTIMIZER = 76; // see OPT_*
export const NET_RATE = 80; // f32
export const NET_MOMENTUM = 84; // f32
export const NET_WEIGHT_DECAY = 88; // f32
export const NET_MAX_NORM = 92; // f32, 0 = off
export const NET_GRADIENT_OFFSET = 96; // from a parameter to its gradient
export const NET_MOMENT_OFFSET = 100; // to its velocity, or Adam's first moment
export const NET_VARIANCE_OFFSET = 104; // to Adam's second moment
export const NET_POWERS = 108; // f64 β₁^t, f64 β₂^t: part of the state
export const NET_SCRATCH = 112; // room for one packed panel
export const NET_ZERO = 116; // 64 bytes of zero
export const NET_KEYS = 120; // u32 [1 + 8 layers][2 words][16 steps], the first row for the keys of the steps, and a row of room
export const NET_KEY_GROUP = 124; // step >> 4 that NET_KEYS holds; −1: none
export const NET_TERMS = 128; // f32: two numbers per row of a batch or chunk
export const NET_GIVEN = 132; // 1: masks and noise are used as they stand, none are drawn
export const NET_HAS_WEIGHT_MASKS = 136; // 1: some link is masked
export const NET_EVAL_LOSS = 140; // f32: mean loss of the newest captured pass in eval
export const NET_RIGHT = 144; // examples read right, since cleared
export const NET_ROOM = 148; // room for the draws of one row
export const NET_SET_LOSS = 152; // f64: sum of losses of evaluated examples, since cleared
export const NET_CHUNK = 160; // most rows of one call to infer
export const NET_PREDICTIONS = 164; // f32 [chunk, outputs]
export const NET_BYTES = 176;

// LAYER: at NET_BYTES + LAYER_BYTES · layer.
export const LAYER_UNITS = 0;
export const LAYER_COLUMNS = 4; // vectors of four
export const LAYER_LD = 8; // bytes per row
export const LAYER_Z = 12; // pre-activation; layer 0: the batch
export const LAYER_A = 16; // activation, where it is kept
export const LAYER_OUT = 20; // after dropout
export const LAYER_GRAD = 24; // dLoss/d(output)
export const LAYER_DELTA = 28; // dLoss/dz
export const LAYER_MASK = 32; // u8 [batch, units], 0 or 255
export const LAYER_NOISE = 36; // f32 [batch], rows of ld
export const LAYER_EVAL = 40; // output in eval of the captured batch
export const LAYER_CHUNK = 44; // the same for whatever is evaluated, in chunks
export const LAYER_DROP = 48; // see DROP_*
export const LAYER_THRESHOLD = 52; // kept when the upper 23 random bits are below
export const LAYER_SCALE = 56; // f32: factor of a kept value
export const LAYER_SHIFT = 60; // f32: alpha's shift of a kept value
export const LAYER_DROPPED = 64; // f32: alpha's value of a dropped one
export const LAYER_SIGMA = 68; // f32: Gaussian
export const LAYER_EVAL_SCALE = 72; // f32
export const LAYER_CHANNEL = 76; // consecutive units that share a draw; 1 unless spatial
export const LAYER_SHARED = 80; // 1: one row of draws for the whole batch
export const LAYER_FACTOR = 84; // f32 [columns]: factor of each unit in an MC pass
export const LAYER_TERM = 88; // f32 [columns]: and what is added
// The link from this layer to the next.
export const LINK_W = 96; // weights [units, next units], rows of LINK_LD
export const LINK_LD = 100;
export const LINK_BIAS = 104;
export const LINK_DROP = 108; // 0: none, 1: one mask for the batch, 2: one per example
export const LINK_THRESHOLD = 112;
export const LINK_SCALE = 116; // f32
export const LINK_MASK = 120; // u8 [1 or batch, units, next columns]: four lanes as four bits
export const LINK_MASKED = 124; // weights after mask and scale (batch), or after scale alone (example)
export const LINK_MC_MASK = 128; // u8 [units, next columns]
export const LINK_END = 132; // end of this link's parameters: W, then bias
export const LAYER_BYTES = 144;

export const LOSS_BINARY = 0;
export const LOSS_SOFTMAX = 1;
export const LOSS_SQUARED = 2;

export const ACT_RELU = 0;
export const ACT_TANH = 1;
export const ACT_SIGMOID = 2;
export const ACT_SELU = 3;
export const ACT_LINEAR = 4;

export const OPT_SGD = 0;
export const OPT_MOMENTUM = 1;
export const OPT_ADAM = 2;

export const DROP_NONE = 0;
export const DROP_MASK = 1;
export const DROP_ALPHA = 2;
export const DROP_GAUSSIAN = 3;

/** Phases of `infer`. */
export const PHASE_EVAL = 0;
export const PHASE_MC = 1;

/** Parts of `pass`. */
export const PASS_CAPTURE = 1; // keep activations, gradients, the input's gradient and the pass in eval
export const PASS_UPDATE = 2; // train

/** Bytes from the first word of a key to its second, and from a layer's keys to the next layer's. */
export const KEY_WORD = 64;
export const KEY_SLOT = 128;

// Where a step would stand in a key, other streams have a tag. model/streams.ts documents them.
export const TAG_INIT = 0x80000000;
export const TAG_ORDER = 0x80000001;
export const TAG_MC = 0x80000003;
export const WEIGHT_MASK_OFFSET = 0x100;
