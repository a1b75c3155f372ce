"""Writes the outlines of the page's fonts as TypeScript, for figures as files. Needs fonttools 4.66.1 and brotli 1.2.0.

    python src/export/figures/glyphs/makeGlyphs.py
"""

import pathlib

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

HERE = pathlib.Path(__file__).parent
FONTS = HERE.parents[2] / "ui" / "theme" / "fonts"
EM = 1000
HEAD = """/** Outlines of {name}, made by makeGlyphs.py: code point, advance, path; a thousand units to the em, y upwards. Licence: public/fonts/OFL.txt. */
export const {constant} = `
{rows}
`;
"""


class OutlinePen(BasePen):
    """Collects a path in relative, whole units; a command that repeats is not written again."""

    def __init__(self, glyphs, scale):
        super().__init__(glyphs)
        self.scale, self.parts, self.at, self.last = scale, [], (0, 0), ""

    def add(self, command, *points):
        points = [tuple(round(value * self.scale) for value in point) for point in points]
        numbers = [value - start for point in points for value, start in zip(point, self.at)]
        text = " ".join(map(str, numbers)).replace(" -", "-")
        separator = "" if text.startswith("-") else " "
        self.parts.append(separator + text if command == self.last else command + text)
        self.at, self.last = points[-1], command

    def _moveTo(self, point):
        self.add("m", point)
        self.start = self.at

    def _lineTo(self, point):
        self.add("l", point)

    def _qCurveToOne(self, control, point):
        self.add("q", control, point)

    def _closePath(self):
        self.parts.append("z")
        self.at, self.last = self.start, ""


def rows_of(file, weight):
    """Yield a row for each character of a font."""
    font = TTFont(FONTS / file)
    if "fvar" in font:
        font = instancer.instantiateVariableFont(font, {"wght": weight})
    scale, glyphs = EM / font["head"].unitsPerEm, font.getGlyphSet()
    for code, name in font.getBestCmap().items():
        pen = OutlinePen(glyphs, scale)
        glyphs[name].draw(pen)
        yield code, f"{code:x} {round(font['hmtx'][name][0] * scale)} {''.join(pen.parts)}".strip()


for name, family, weight in ("sans", "inter", 400), ("sansBold", "inter", 600), ("mono", "mono", 500):
    rows = dict(row for part in (f"{family}.woff2", f"{family}-signs.woff2") for row in rows_of(part, weight))
    constant = {"sansBold": "SANS_BOLD"}.get(name, name.upper())
    text = HEAD.format(name=name, constant=constant, rows="\n".join(rows[code] for code in sorted(rows)))
    (HERE / f"{name}.ts").write_text(text)
