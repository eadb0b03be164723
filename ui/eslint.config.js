import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

const SEAM = {
  patterns: [
    { group: ['@tauri-apps/*'], message: 'Only src/lib/backend talks to Tauri; everything else asks the Backend.' },
  ],
};

export default ts.config(
  { ignores: ['dist', 'dist-scripted', 'src/lib/paraglide', 'src/lib/backend/generated'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      'no-undef': 'off',
      'no-restricted-imports': ['error', SEAM],
      'max-lines': ['error', { max: 300, skipBlankLines: false }],
      // Collections are replaced, never changed: `$state.raw` holds them.
      'svelte/prefer-svelte-reactivity': 'off',
      eqeqeq: 'error',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  {
    files: ['**/*.svelte'],
    rules: { 'max-lines': ['error', { max: 200 }] },
  },
  {
    files: ['src/lib/backend/**'],
    rules: { 'no-restricted-imports': 'off' },
  },
);
