/** Styles of what nobody sees at first: fetched with an address, which may name such parts, or once a reader is there. */
import '../ui/lab/parts.css';
import '../ui/lab/print.css';
import '../ui/share/hide.css';
