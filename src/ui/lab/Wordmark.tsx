/** The name of the product: one o is a unit at work, the other has dropped out. */
export function Wordmark() {
  return (
    <h1 className="wordmark">
      <span className="visually-hidden">Dropout Lab</span>
      <span aria-hidden="true">
        Dr
        <i className="wordmark-kept" />p<i className="wordmark-dropped" />
        ut Lab
      </span>
    </h1>
  );
}
