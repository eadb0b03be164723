import { describe, expect, it } from 'vitest';
import type { Failure } from '$lib/backend/backend';
import { asFailure, failureText } from './failures';

const failure = (code: string): Failure => ({
  code: code as Failure['code'],
  message: 'From the core.',
  help: 'Core help.',
  who: 'user',
  detail: null,
});

describe('failureText', () => {
  it('chooses by code', () => expect(failureText(failure('offline')).title).toBe('You are offline.'));
  it('lets Microsoft’s own reason go first', () =>
    expect(failureText({ ...failure('blockedByOrganization'), reason: 'notAssigned' }).title).toBe(
      'You are not assigned to Convoke in your organization.',
    ));
  it('takes the core’s words for a newer code', () =>
    expect(failureText(failure('quantumFlux'))).toEqual({ title: 'From the core.', help: 'Core help.' }));
});

describe('asFailure', () => {
  it('passes on a failure', () => expect(asFailure(failure('diskFull')).code).toBe('diskFull'));
  it('wraps an error', () => expect(asFailure(new Error('boom'))).toMatchObject({ code: 'internal', detail: 'boom' }));
  it('wraps a text', () => expect(asFailure('boom')).toMatchObject({ code: 'internal', detail: 'boom' }));
});
