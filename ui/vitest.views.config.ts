import { defineConfig } from 'vitest/config';

/** The window in a real browser, on the build with the scripted backend. */
export default defineConfig({
  test: {
    include: ['tests/views/**/*.test.ts'],
    environment: 'node',
    // Each file has a browser of its own; more at once would only wait for each other.
    maxWorkers: 2,
    minWorkers: 1,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
