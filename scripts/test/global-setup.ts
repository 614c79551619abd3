import { findChromium, installChromium } from './chromium.js';

/** Runs once before all tests. */
export default function setup(): void {
  installChromium();
  if (!findChromium()) {
    process.stderr.write('No Chromium found: browser tests are skipped. Install it, or set CHROMIUM_PATH.\n');
  }
}
