/** What readers say, over and over: as bounded as the caches, so that these fill early. */
const questions: readonly string[] = [
  'LoRA',
  '微调',
  '多模态',
  'da moxing',
  'transfomer',
  '大語言模型',
  'nothing like this 一無所有',
  '/latest',
  '/categories',
  '/category AIGC',
  '/random',
  '/series',
  '/settings',
  '/subscriptions',
  '/subscribe LoRA',
  '/unsubscribe LoRA',
  '/help',
  '/privacy',
  '/unknown',
  '🙂'.repeat(300),
];

/** What is fetched besides. */
const paths: readonly string[] = [
  '/',
  '/api/search?q=LoRA',
  '/api/search?q=%E5%BE%AE%E8%B0%83&limit=20',
  '/api/posts?limit=50',
  '/api/categories',
  '/feed.xml',
  '/feed.json',
  '/sitemap.xml',
  '/metrics',
  '/readyz',
  '/no/such/page',
];

export function anyQuestion(): string {
  return any(questions);
}

export function anyPath(): string {
  return any(paths);
}

export function any<Item>(items: readonly Item[]): Item {
  const item = items[Math.floor(Math.random() * items.length)];
  if (item === undefined) throw new Error('nothing to choose from');
  return item;
}
