import { defineConfig } from 'vitest/config';

/** The window in a real browser, on the build with the scripted backend. */
export default defineConfig({
  test: {
    include: ['tests/views/**/*.test.ts'],
    environment: 'node',
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
