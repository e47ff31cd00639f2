import { describeSmallStores } from '../contracts/small-stores.contract.ts';

describeSmallStores('postgres');
