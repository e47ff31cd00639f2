import { describeOutbox } from '../contracts/outbox.contract.ts';

describeOutbox('postgres');
