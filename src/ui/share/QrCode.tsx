/** The address as a code for cameras: dark on light in every theme, with the quiet zone that readers need. Loaded on demand. */
import './share.css';
import { useMemo } from 'react';
import { encode } from 'uqr';

interface QrCodeProps {
  readonly text: string;
}

/** A code holds no more than this many bytes at the lowest level of correction. */
const MAX_BYTES = 2953;
const QUIET = 4;

/** Draws the dark cells of a matrix as one path, run by run. */
function pathOf(rows: readonly (readonly boolean[])[]): string {
  let path = '';
  for (const [y, row] of rows.entries()) {
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue;
      const start = x;
      while (row[x + 1]) x += 1;
      path += `M${start} ${y}h${x + 1 - start}v1h${start - x - 1}z`;
    }
  }
  return path;
}

export default function QrCode({ text }: QrCodeProps) {
  const isTooLong = new TextEncoder().encode(text).length > MAX_BYTES;
  const code = useMemo(() => (isTooLong ? null : encode(text, { ecc: 'L', boostEcc: true, border: QUIET })), [text, isTooLong]);
  if (!code) return <p className="share-note">This address is too long for a code.</p>;
  return (
    <svg
      className="qr-code"
      viewBox={`0 0 ${code.size} ${code.size}`}
      role="img"
      aria-label="The link as a code for cameras"
      shapeRendering="crispEdges"
    >
      <rect className="qr-light" width={code.size} height={code.size} />
      <path className="qr-dark" d={pathOf(code.data)} />
    </svg>
  );
}
