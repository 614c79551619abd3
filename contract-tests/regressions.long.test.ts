import { testRegressions } from './regression-tests.js';

testRegressions(() => true);
