import { focusErrors } from './errors.js';
import { countText } from './count.js';
import { guardForms } from './forms.js';
import { showReaderTime } from './reader-time.js';
import { keepStars } from './stars.js';

focusErrors();
countText();
guardForms();
showReaderTime();
keepStars();
