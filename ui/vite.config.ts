import { fileURLToPath } from 'node:url';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/**
 * Two builds from one source: the product (`index.html`, talks to the Rust core) and, in mode `scripted`,
 * the one that tests and screenshots look at (`scripted.html`, talks to fixtures). Neither holds the other's backend.
 */
export default defineConfig(({ mode }) => {
  const scripted = mode === 'scripted';
  return {
    base: './',
    plugins: [
      paraglideVitePlugin({
        project: './project.inlang',
        outdir: './src/lib/paraglide',
        strategy: ['baseLocale'],
        emitTsDeclarations: true,
        includeEslintDisableComment: true,
      }),
      svelte(),
    ],
    resolve: {
      // Rune-aware code needs Svelte's browser build in unit tests too.
      ...(process.env['VITEST'] ? { conditions: ['browser'] } : {}),
      alias: { $lib: path('./src/lib'), $shared: path('./src/shared') },
    },
    build: {
      outDir: scripted ? 'dist-scripted' : 'dist',
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      rollupOptions: { input: path(scripted ? './scripted.html' : './index.html') },
    },
    server: { port: 5173, strictPort: true },
    clearScreen: false,
    test: { include: ['src/**/*.test.ts', 'tests/*.test.ts'], environment: 'node' },
  };
});
