import { defineConfig, type Plugin } from 'vite';
import { bundledLicences } from './tools/bundled-licences.ts';

// The program in a few dozen files, its packages included: to open and compile a thousand took half of each start.
// It stands among what tsc builds: the types, the library, the worker that parses, and the data.
export default defineConfig({
  plugins: [inOwnFolder(), bundledLicences('bundle/third-party-licences.txt')],
  // The first brings a binary; the second is a choice that pg leaves to those who install it.
  ssr: { noExternal: true, external: ['better-sqlite3', 'pg-native'] },
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist',
    emptyOutDir: false,
    rolldownOptions: {
      input: { 'cli/postbell': 'src/cli/postbell.ts' },
      output: { entryFileNames: '[name].js', chunkFileNames: 'bundle/[name].js' },
    },
  },
});

/** What a module looks up beside itself it finds where tsc has put it. */
function inOwnFolder(): Plugin {
  return {
    name: 'in-own-folder',
    enforce: 'pre',
    transform: {
      filter: { id: /\/src\/.*\.ts$/, code: 'import.meta.url' },
      handler(code, id) {
        const module = id.replace(/^.*?\/src\//, '').replace(/ts$/, 'js');
        return code.replaceAll('import.meta.url', `new URL('../${module}', import.meta.url).href`);
      },
    },
  };
}
