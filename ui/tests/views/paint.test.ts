import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { change, NARROW, Stage, WIDE } from './stage';

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());

describe('first paint', () => {
  it('says once that the first meeting is on the screen', async () => {
    const { page, calls, close } = await stage.show({ scene: 'meetings' });
    await page.waitForFunction(() =>
      (window as unknown as { script: { calls: string[] } }).script.calls.includes('painted'),
    );
    await page.keyboard.press('2');
    await page.keyboard.press('1');
    expect((await calls()).filter((call) => call === 'painted')).toHaveLength(1);
    await close();
  });

  it.each([WIDE, NARROW])('shifts nothing at $width', async (viewport) => {
    const { page, close } = await stage.show({ scene: 'meetings-awkward', viewport });
    const shift = await page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          let sum = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) sum += (entry as unknown as { value: number }).value;
          }).observe({ type: 'layout-shift', buffered: true });
          setTimeout(() => resolve(sum), 300);
        }),
    );
    expect(shift).toBe(0);
    await close();
  });

  it('shows today without scrolling', async () => {
    const { page, close } = await stage.show({ scene: 'meetings', viewport: NARROW });
    const top = await page
      .getByRole('heading', { level: 2, name: 'Today' })
      .evaluate((node) => node.getBoundingClientRect().top);
    expect(top).toBeLessThan(100);
    await close();
  });
});

describe('redraws', () => {
  it('one change of the state asks for the time a few times, not until it stands still', async () => {
    const { page, complaints, close } = await stage.show({ scene: 'meetings' });
    // Time that moves with every look, as where drawing takes longer than a millisecond.
    await page.evaluate(() => {
      const real = Date.now;
      let looks = 0;
      Date.now = () => real() + ++looks;
      Object.assign(window, { looks: () => looks });
    });
    await change(page, { now: '2026-03-12T08:45:00Z' });
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    expect(await page.evaluate(() => (window as unknown as { looks: () => number }).looks())).toBeLessThan(10);
    expect(complaints).toEqual([]);
    await close();
  });
});

describe('layout', () => {
  const SCENES = [
    'meetings-awkward',
    'meetings-sync-failed',
    'connect-waiting',
    'sign-in-failed',
    'settings-locked',
    'connect-trouble',
    'sign-in-blocked',
    'policy-problems',
  ];

  it.each(SCENES)('%s never needs sideways scrolling', async (scene) => {
    for (const locale of ['en-US', 'es-ES']) {
      const { page, close } = await stage.show({ scene, viewport: NARROW, locale });
      if (scene.startsWith('settings')) await page.keyboard.press('3');
      if (scene.startsWith('policy')) await page.keyboard.press('4');
      const wide = await page.evaluate(() =>
        [...document.querySelectorAll('main, [data-agenda], [data-detail] .content, .stage')]
          .filter((node) => node.scrollWidth > node.clientWidth)
          .map((node) => node.className),
      );
      expect(wide).toEqual([]);
      await close();
    }
  });

  it('breaks no button into two lines and cuts no tag', async () => {
    for (const locale of ['en-US', 'es-ES']) {
      const { page, close } = await stage.show({ scene: 'meetings-awkward', viewport: NARROW, locale });
      const bad = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('.button, .tag, .count')]
          .filter((node) => node.offsetHeight > 44 || node.scrollWidth > node.clientWidth + 1)
          .map((node) => node.textContent),
      );
      expect(bad).toEqual([]);
      await close();
    }
  });
});

describe('the core’s events', () => {
  it('keeps what is on the screen when the network goes', async () => {
    const { page, close } = await stage.show({ scene: 'meetings' });
    await change(page, { sync: { phase: 'offline', asOf: '2026-03-12T08:41:00Z', stale: false, failure: null } });
    const status = page.getByTestId('status-line');
    await status.getByText('Offline').waitFor();
    expect(await status.textContent()).toContain('as of 09:41');
    expect(await page.getByTestId('meeting-row').count()).toBeGreaterThan(5);
    await close();
  });

  it('leaves nothing of an account that signed out', async () => {
    const { page, close } = await stage.show({ scene: 'meetings' });
    await change(page, { account: null });
    await page.getByTestId('signin-button').waitFor();
    expect(await page.locator('body').textContent()).not.toContain('Supplier');
    await close();
  });
});
