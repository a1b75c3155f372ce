/** The switch between a figure's picture and the table of its numbers. */
interface TableToggleProps {
  readonly title: string;
  readonly isTable: boolean;
  readonly onChange: (isTable: boolean) => void;
}

export function TableToggle({ title, isTable, onChange }: TableToggleProps) {
  return (
    <button
      type="button"
      className="table-toggle"
      aria-pressed={isTable}
      aria-label={`${title} as a table`}
      onClick={() => onChange(!isTable)}
    >
      table
    </button>
  );
}
