// @ts-check
// Every file of cases.
import "./framing.mjs";
import "./framing-bytes.mjs";
import "./stream-closing.mjs";
import "./stream-forms.mjs";
import "./stream-object.mjs";
import "./errors.mjs";
import "./options.mjs";
import "./memory.mjs";
import "./hostile-fetch.mjs";
import "./core.mjs";
import "./large.mjs";
import "./secrets.mjs";
import "./redirects.mjs";
import "./browser.mjs";
import "./untrusted.mjs";
