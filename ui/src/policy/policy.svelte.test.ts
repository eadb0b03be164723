import { describe, expect, it } from 'vitest';
import type { Backend, PolicyPage } from '$lib/backend/backend';
import { fakeBackend, later } from '$lib/backend/fixtures/fake';
import { policyPage } from '$lib/backend/fixtures/policy';
import { PolicyState } from './policy.svelte';

function state(answers: Partial<Backend>): PolicyState {
  const act = (action: Promise<unknown>) =>
    action.then(
      () => true,
      () => false,
    );
  return new PolicyState({ backend: fakeBackend(answers), act });
}

/** A backend whose pages come one after the other, and how often it was asked. */
function pages(...scenes: Parameters<typeof policyPage>[0][]) {
  const asked = { times: 0 };
  const policyPageAnswer = () =>
    Promise.resolve(policyPage(scenes[Math.min(asked.times++, scenes.length - 1)] ?? 'ok'));
  return { asked, answers: { policyPage: policyPageAnswer } };
}

describe('PolicyState', () => {
  it('reads once, however many views ask', async () => {
    const { asked, answers } = pages('ok');
    const policy = state(answers);
    await Promise.all([policy.begin(), policy.begin()]);
    expect([asked.times, policy.page?.status]).toEqual([1, 'ok']);
  });

  it('reads nothing on a change that nobody looks at, and again where somebody does', async () => {
    const { asked, answers } = pages('ok', 'problems');
    const policy = state(answers);
    await policy.refresh();
    expect(asked.times).toBe(0);
    await policy.begin();
    await policy.refresh();
    expect(policy.page?.status).toBe('problems');
  });

  it('keeps the page of the newest question, whichever answer comes last', async () => {
    const slow = later<PolicyPage>();
    const policy = state({ policyPage: () => slow.promise, reloadPolicy: () => Promise.resolve(policyPage('broken')) });
    const first = policy.begin();
    expect(await policy.reload()).toBe(true);
    slow.resolve(policyPage('ok'));
    await first;
    expect(policy.page?.status).toBe('refused');
  });

  it('says that reading again failed, and keeps the page', async () => {
    const { answers } = pages('ok');
    const policy = state({ ...answers, reloadPolicy: () => Promise.reject(new Error('disk')) });
    await policy.begin();
    expect([await policy.reload(), policy.page?.status]).toEqual([false, 'ok']);
  });
});
