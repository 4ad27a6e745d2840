// @ts-check
// Every file of cases.
import "./framing.mjs";
import "./framing-bytes.mjs";
import "./stream-object.mjs";
