import { testCore } from '../versions/core.mts';

testCore();
