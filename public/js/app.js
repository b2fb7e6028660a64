import { focusErrors } from './errors.js';
import { countText } from './count.js';
import { guardForms } from './forms.js';
import { showReaderTime } from './reader-time.js';
import { keepStars } from './stars.js';
import { showCurrentTab } from './tabs.js';

focusErrors();
countText();
guardForms();
showReaderTime();
keepStars();
showCurrentTab();
