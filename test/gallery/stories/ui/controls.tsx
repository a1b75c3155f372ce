/** Stories of the controls, each in the states it can be in. */
import type { ReactNode } from 'react';
import { Button } from '../../../../src/ui/controls/Button';
import { NumberField } from '../../../../src/ui/controls/NumberField';
import { Row } from '../../../../src/ui/controls/Row';
import { SeedField } from '../../../../src/ui/controls/SeedField';
import { SegmentedRadio } from '../../../../src/ui/controls/SegmentedRadio';
import { SelectField } from '../../../../src/ui/controls/SelectField';
import { Slider } from '../../../../src/ui/controls/Slider';
import { Toggle } from '../../../../src/ui/controls/Toggle';
import { story } from '../../registry';

const nothing = () => undefined;
const modes = ['None', 'Standard', 'Inverted'].map((label) => ({ value: label.toLowerCase(), label }));

function Stack({ children }: { readonly children: ReactNode }) {
  return <div style={{ display: 'grid', gap: 12, justifyItems: 'start' }}>{children}</div>;
}

story('control/buttons', () => (
  <div style={{ display: 'flex', gap: 8 }}>
    <Button kind="main">Play</Button>
    <Button>Step</Button>
    <Button aria-pressed>Compare A | B</Button>
    <Button disabled>Reset</Button>
    <Button kind="quiet">Undo</Button>
  </div>
));
story('control/slider', () => (
  <Stack>
    {[0, 0.5, 1].map((value) => (
      <Slider key={value} label={`at ${value}`} value={value} min={0} max={1} step={0.01} onChange={nothing} />
    ))}
    <Slider label="disabled" value={0.3} min={0} max={1} step={0.01} onChange={nothing} disabled />
  </Stack>
));
story('control/fields', () => (
  <div style={{ width: 190 }}>
    <Row label="points">
      <NumberField label="points" value={80} min={1} max={5000} step={1} integer onCommit={nothing} />
    </Row>
    <Row label="hidden 1 drop p" detail="as p">
      <NumberField label="hidden 1 drop p" value={0.5} isEmpty placeholder="0.50" min={0} max={1} step={0.05} onCommit={nothing} />
    </Row>
    <Row label="activation">
      <SelectField label="activation" choices={modes} value="standard" onChange={nothing} />
    </Row>
    <Row label="data seed">
      <SeedField label="data seed" value={7} onChange={nothing} />
    </Row>
    <Toggle label="gradients of the same cells" checked onChange={nothing} />
  </div>
));
story('control/segmented', () => <SegmentedRadio legend="mode" choices={modes} value="inverted" onChange={nothing} />);
