/** The styles of the first load, in order: tokens first, for everything else speaks in them. The rest is in lateStyles.ts. */
import '../ui/theme/tokens.css';
import '../ui/base.css';
import '../ui/controls/controls.css';
import '../ui/figures/figures.css';
import '../ui/lab/lab.css';
import '../ui/lab/settings.css';
import '../ui/lab/always.css';
import '../ui/lab/labNarrow.css';
