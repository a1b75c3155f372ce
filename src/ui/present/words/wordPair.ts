/**
 * Two words for a fingerprint, so that thirty screens can be compared by calling them across a room.
 *
 * The lists are part of what people read to each other: their words and their order stay for ever. It must not depend on anything but the
 * fingerprint.
 */

const FIRST = `
able airy amber ample apt aqua arctic azure balmy bare basic beige big bold bonny boreal brass brave breezy brief bright brisk broad
bronze brown busy calm candid carmine casual cheery chief chilly civic civil classic clean clear clever close cloudy coastal cobalt
cool copper coral cosmic cosy crisp crystal cubic curious daily dapper daring deep deft dense distant dotted double downy dry dusky
dusty eager early earthy east easy elastic elder electric emerald endless equal even exact extra fabled fair famous fancy far fast
festive final fine firm first flat fleet floral flowing fluent fluffy foamy folded fond formal four free fresh frosty full fuzzy
gallant gentle giant gilded glad glass gleaming glossy golden good grand grassy great green grey handy happy hardy hazel hazy hearty
hidden high hilly honest huge humble icy ideal indigo inner ivory jade jazzy jolly jovial keen khaki kind large lasting late leafy
level light lilac lime linen lively local lofty long loud loyal lucid lucky lunar lush magenta magic main major maple marble marine
mellow merry mighty mild minor minty misty modern modest moonlit mossy narrow native neat new next nimble noble north novel olive
open orange outer oval pastel patient peach pearly pine pink placid plaid plain playful polar polite prime proud pure purple quick
quiet rapid rare ready red regal rich ripe robust rocky rosy round royal ruby rural russet rustic sandy satin scarlet secret silent
silver simple sleek slow smart smooth snowy soft solar solid spare spicy stable steady stellar still sturdy sunny sweet swift teal
`
  .trim()
  .split(/\s+/);

const SECOND = `
acorn actor album alcove almond anchor anvil apple apron arch arrow artist atlas attic autumn badge bagel baker ballad bamboo banana
banjo barley barn basil basket beach beacon bean beaver bell bench berry bicycle birch biscuit blanket blossom boat bonnet book
bottle boulder bowl branch bread brick bridge brook brush bubble bucket buffalo button cabin cactus camel camera candle canoe canyon
carrot castle cedar cello chair cherry chestnut cinema circle city clarinet cliff clock cloud clover cobbler coconut comet compass
cookie cottage cotton cricket crown cup curtain cushion daisy dancer deer desert desk dolphin donkey door dragon drum eagle easel
elm engine falcon farmer feather fern ferry fiddle field finch flag flute forest fossil fountain fox garden garlic gate gecko ginger
glacier globe goose granite grape guitar hammer harbour harp hat hawk heron hill honey horizon horse igloo inkwell island ivy jacket
jaguar jar jasmine jigsaw juniper kayak kettle key kite kitten koala ladder lake lamp lantern lark leaf lemon lentil library lily
lion lizard llama lobster locket lotus lynx magnet mango mantle marigold market meadow medal melon mirror mitten moon moose morning
moth mountain muffin museum mushroom needle nest notebook nutmeg oak oasis ocean onion opera orchard orchid otter owl oyster paddle
painter palace panda paper parade parrot parsley path peacock peanut pebble pelican pencil penguin pepper piano pillow pilot planet
plum pocket poem pond poppy puffin pumpkin quill rabbit raft rainbow raven ribbon river robin rocket saddle sail salmon scarf seal
shell sparrow spoon spruce squirrel star sunset swan table teapot tiger tower tulip
`
  .trim()
  .split(/\s+/);

const FINGERPRINT = /^[0-9a-f]{16}$/;

/** How many different pairs there are: two networks that differ share theirs with a chance of one in so many. */
export const NUM_PAIRS = FIRST.length * SECOND.length;

/**
 * Returns the two words of a fingerprint: the first byte of each of its two hashes, looked up in a list of 256 words.
 * Range: 16 hex digits in lower case. Errors: RangeError "fingerprint must be 16 hex digits, got …".
 */
export function wordPair(fingerprint: string): string {
  if (!FINGERPRINT.test(fingerprint)) throw new RangeError(`fingerprint must be 16 hex digits, got ${JSON.stringify(fingerprint)}`);
  const word = (list: readonly string[], at: number) => list[Number.parseInt(fingerprint.slice(at, at + 2), 16)] as string;
  return `${word(FIRST, 0)} ${word(SECOND, 8)}`;
}
