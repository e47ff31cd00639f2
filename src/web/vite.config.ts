import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const root = fileURLToPath(new URL('.', import.meta.url));
const outDir = fileURLToPath(new URL('../../dist/web', import.meta.url));

export default defineConfig({
  root,
  plugins: [compressed()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir,
    emptyOutDir: true,
    manifest: true,
    // The policy of the page allows no inlined files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // WeChat's browser on older phones lags years behind.
    target: ['chrome87', 'safari14', 'firefox78'],
    rolldownOptions: {
      input: {
        index: join(root, 'index.html'),
        app: join(root, 'app.html'),
        embed: join(root, 'embed.ts'),
        'push-worker': join(root, 'push/push-worker.ts'),
        post: join(root, 'styles/post.css'),
        admin: join(root, 'styles/admin.css'),
      },
      output: {
        // Sites name the loader in their pages, and browsers know the worker by its address: those names stay.
        entryFileNames: ({ name }) =>
          name === 'embed' || name === 'push-worker' ? '[name].js' : 'assets/[name]-[hash].js',
      },
    },
  },
});

/** Puts a brotli and a gzip copy beside each script and style, so that serving one costs no work. */
function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: 'build',
    closeBundle() {
      for (const name of readdirSync(outDir, { recursive: true, encoding: 'utf8' })) {
        if (!/\.(js|css)$/.test(name)) continue;
        const file = join(outDir, name);
        const content = readFileSync(file);
        writeFileSync(`${file}.br`, brotliCompressSync(content));
        writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
      }
    },
  };
}
