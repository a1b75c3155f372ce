/** All styles of the page, in order: tokens first, for everything else speaks in them. */
import '../ui/theme/tokens.css';
import '../ui/base.css';
import '../ui/controls/controls.css';
import '../ui/figures/figures.css';
import '../ui/lab/lab.css';
import '../ui/lab/parts.css';
import '../ui/lab/labNarrow.css';
import '../ui/share/hide.css';
