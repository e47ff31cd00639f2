import { startWebApp } from '../support/web-app.ts';

describe('what machines ask', () => {
  it('GET /healthz says that the process lives, and its version', async () => {
    const app = await startWebApp();
    expect(await (await app.get('/healthz')).json()).toEqual({ status: 'ok', version: '1.2.3' });
    await app.stop();
  });

  it('GET /readyz is 503 with every reason while something is wrong, else 200', async () => {
    const troubles: string[] = ['catalog: list.md could not be read', 'telegram: not polling'];
    const app = await startWebApp({ parts: { readiness: async () => troubles } });
    const wrong = await app.get('/readyz');
    expect([wrong.status, await wrong.json()]).toEqual([503, { status: 'not ready', troubles }]);

    troubles.length = 0;
    const right = await app.get('/readyz');
    expect([right.status, await right.json()]).toEqual([200, { status: 'ready' }]);
    await app.stop();
  });

  it('GET /metrics counts requests by route, and searches by what they found', async () => {
    const app = await startWebApp();
    await app.get('/api/search?q=LoRA');
    await app.get('/api/search?q=nothing-like-it-at-all');
    await app.get('/api/posts/diffusion-models');
    const response = await app.get('/metrics');
    const text = await response.text();
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=/);
    expect(text).toMatch(/^postbell_search_seconds_count\{found="some"\} 1$/m);
    expect(text).toMatch(/^postbell_http_request_seconds_count\{method="GET",route="\/api\/search",status="200"\} 2$/m);
    expect(text).toMatch(
      /^postbell_http_request_seconds_count\{method="GET",route="\/api\/posts\/:id",status="200"\} 1$/m,
    );
    await app.stop();
  });

  it('no metric holds what people look for', async () => {
    const app = await startWebApp();
    await app.get('/api/search?q=private-thoughts');
    await app.get('/private-thoughts?q=private-thoughts');
    expect(await (await app.get('/metrics')).text()).not.toContain('private-thoughts');
    await app.stop();
  });
});
