import { testCore } from './core.mts';

testCore('1.88.0');
