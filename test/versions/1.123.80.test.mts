import { testCore } from './core.mts';

testCore('1.123.80');
