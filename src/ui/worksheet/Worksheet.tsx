/** A worksheet made from the run as it stands. */
export default function Worksheet({ onClose }: { readonly onClose: () => void }) {
  return <button type="button" onClick={onClose}>x</button>;
}
