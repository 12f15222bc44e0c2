import { testCore } from './core.mts';

testCore('2.41.1');
