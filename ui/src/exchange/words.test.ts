import { describe, expect, it } from 'vitest';
import { askAction, askStatus, askText } from './words';

describe('askText', () => {
  it.each(['server', 'trust', 'password', 'browser'] as const)('has words for %s', (ask) => {
    const { title, help } = askText(ask);
    expect([title.length > 10, help.length > 10]).toEqual([true, true]);
  });
});

describe('askAction and askStatus', () => {
  it('tell a question about the server from a sign-in', () => {
    expect([askAction('server'), askAction('password')]).toEqual(['Enter the server’s address', 'Sign in to Exchange']);
    expect([askStatus('trust'), askStatus('browser')]).toEqual([
      'Exchange server not confirmed',
      'Exchange wants you to sign in',
    ]);
  });
});
