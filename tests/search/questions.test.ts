import { answers, indexOf } from './worlds.ts';

const posts = [
  'React Hooks 原理',
  'GraphQL',
  'Low Code',
  'Learning to speak',
  'Start a server',
  '深入理解闭包',
  '学习的方法',
];
const index = indexOf(posts);

describe('whatever a question is wrapped in, its matter is found first', () => {
  it.each([
    ['how do I get started with GraphQL', 'GraphQL'],
    ['where should I start with GraphQL?', 'GraphQL'],
    ['can someone explain low code', 'Low Code'],
    ['I want to learn about low code', 'Low Code'],
    ["what's the best way to understand React hooks", 'React Hooks 原理'],
    ['怎么理解 React Hooks', 'React Hooks 原理'],
    ['想学 GraphQL 从哪里开始', 'GraphQL'],
    ['有没有讲闭包的文章', '深入理解闭包'],
    ['谁能解释一下闭包', '深入理解闭包'],
    ['GraphQL 适合谁学习', 'GraphQL'],
  ])('%s', (question, title) => {
    expect(answers(index, question)[0]).toBe(String(posts.indexOf(title)));
  });

  it.each([
    ['start a server', 'Start a server'],
    ['理解', '深入理解闭包'],
    ['学习', '学习的方法'],
    ['learning', 'Learning to speak'],
  ])('but %s is a matter where nothing else is', (question, title) => {
    expect(answers(index, question)[0]).toBe(String(posts.indexOf(title)));
  });
});
