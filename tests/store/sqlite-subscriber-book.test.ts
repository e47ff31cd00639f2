import { describeSubscriberBook } from '../contracts/subscriber-book.contract.ts';

describeSubscriberBook('sqlite');
