import { installChromium } from './chromium.js';

/** Runs once before all tests. Where Chromium can't be installed, the tests that need it say so. */
export default function setup(): void {
  installChromium();
}
