// Converts a GPX file with togeojson over a DOM parser: node togeojson.mjs <directory of node_modules> <file>
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [, , modules, file] = process.argv;
const require = createRequire(`${modules}/package.json`);
const { gpx } = require("@tmcw/togeojson");
const { DOMParser } = require("@xmldom/xmldom");

const document = new DOMParser().parseFromString(readFileSync(file, "utf8"), "text/xml");
process.stdout.write(JSON.stringify(gpx(document)));
