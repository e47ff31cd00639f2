import { describeOutbox } from '../contracts/outbox.contract.ts';

describeOutbox('sqlite');
