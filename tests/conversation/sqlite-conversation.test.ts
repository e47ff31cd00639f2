import { describeConversation } from '../contracts/conversation.contract.ts';

describeConversation('sqlite');
